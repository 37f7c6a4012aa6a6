package centre

import (
	"tuntas/house/clock"
	"tuntas/house/id"
)

// Body is a centre in the API.
type Body struct {
	ID       id.ID    `json:"id" required:"true"`
	Version  int64    `json:"version"`
	Code     string   `json:"code" required:"true"`
	Name     string   `json:"name" required:"true"`
	Kind     string   `json:"kind"`
	Place    string   `json:"place"`
	Region   string   `json:"region"`
	Capacity int64    `json:"capacity"`
	Kinds    []string `json:"ppks_types"`
	Status   string   `json:"status"`
	Source   string   `json:"source"`

	Provider      string     `json:"provider" enum:"upt,lks"`
	AppointmentNo string     `json:"appointment_no"`
	AppointmentOn *clock.Day `json:"appointment_on"`
}

// RecordVersion is the ETag.
func (b Body) RecordVersion() int64 { return b.Version }

// BodyOf gives a centre as the API shows it.
func BodyOf(c Centre) Body {
	return Body{c.ID, c.Version, c.Code, c.Name, c.Kind, c.Place, c.Region, c.Capacity, append([]string{}, c.Kinds...), c.Status, c.Source,
		c.Provider, c.AppointmentNo, c.AppointmentOn.Known()}
}

// StaffBody is a post at a centre in the API.
type StaffBody struct {
	ID               id.ID      `json:"id" required:"true"`
	Version          int64      `json:"version"`
	Centre           id.ID      `json:"centre_id"`
	Name             string     `json:"name"`
	Kind             string     `json:"kind" enum:"pekerja_sosial,tks,relawan,penyuluh,other"`
	CertificateNo    string     `json:"certificate_no"`
	CertificateUntil *clock.Day `json:"certificate_until"`
	Certified        bool       `json:"certified"` // today
}

// RecordVersion is the ETag.
func (b StaffBody) RecordVersion() int64 { return b.Version }

func staffBody(s Staff, today clock.Day) StaffBody {
	return StaffBody{s.ID, s.Version, s.Centre, s.Name, s.Kind, s.CertificateNo, s.CertificateUntil.Known(), s.Certified(today)}
}

// ProfileBody is what an institution says of itself, in the API.
type ProfileBody struct {
	Version   int64      `json:"version"`
	About     string     `json:"about"`
	Address   string     `json:"address"`
	Phone     string     `json:"phone"`
	Visiting  string     `json:"visiting"`
	Route     string     `json:"route"`
	Cost      string     `json:"cost"`
	ChangedOn *clock.Day `json:"changed_on"`
	Photo     *id.ID     `json:"photo_id"` // served at /panti/foto/{photo_id}/{320, 640 or 1280}
	PhotoAlt  string     `json:"photo_alt"`
}

// RecordVersion is the ETag.
func (b ProfileBody) RecordVersion() int64 { return b.Version }

func profileBody(p Profile) ProfileBody {
	b := ProfileBody{p.Version, p.About, p.Address, p.Phone, p.Visiting, p.Route, p.Cost, p.ChangedOn.Known(), nil, p.Photo.Alt}
	if p.Photo.ID != 0 {
		b.Photo = &p.Photo.ID
	}
	return b
}
