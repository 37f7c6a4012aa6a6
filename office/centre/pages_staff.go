package centre

import (
	"tuntas/house/clock"
	"tuntas/house/page"
	"tuntas/house/text"
	"tuntas/house/web"
)

// staffPage is who works at a centre, and the form for one more.
type staffPage struct {
	Centre Centre
	Staff  []Staff
	Kinds  []page.Option
}

var staffKindNames = map[string]text.Word{
	"pekerja_sosial": "Pekerja Sosial", "tks": "Tenaga Kesejahteraan Sosial", "relawan": "Relawan Sosial", "penyuluh": "Penyuluh Sosial", "other": "Petugas lain",
}

var _ = page.Lookup("staffkind", func(l text.Lang, key string) string { return text.T(l, string(staffKindNames[key])) })

// Chip says whether a post holds a certificate today.
func (s Staff) Chip(lang string, today clock.Day) *page.Chip {
	l := text.LangOf(lang)
	switch {
	case s.Certified(today):
		return &page.Chip{Kind: "ok", Word: text.T(l, "Bersertifikat")}
	case s.CertificateNo != "":
		return &page.Chip{Kind: "bad", Word: text.T(l, "Sertifikat habis %s", s.CertificateUntil)}
	case s.Kind == "pekerja_sosial":
		return &page.Chip{Kind: "warn", Word: text.T(l, "Belum bersertifikat")}
	}
	return nil
}

func (d *Desk) staffPage(r *web.Request) (p staffPage, err error) {
	if p.Staff, err = d.Staff(r.Context(), r.By, r.ID("centre")); err != nil {
		return p, err
	}
	p.Kinds = page.WordOptions(r.Lang, staffKindNames, StaffKinds...)
	p.Centre, err = d.Look(r.Context(), r.By, r.ID("centre"))
	return p, err
}

// NewStaff is a post as it is recorded.
type NewStaff struct {
	Name             string    `json:"name" required:"true" maxLength:"120" ask:"Tulis nama petugas."`
	Kind             string    `json:"kind" required:"true" enum:"pekerja_sosial,tks,relawan,penyuluh,other" ask:"Pilih jenis petugas."`
	CertificateNo    string    `json:"certificate_no,omitempty" maxLength:"80"`
	CertificateUntil clock.Day `json:"certificate_until,omitempty"`
}

func (d *Desk) getStaff(r *web.Request) (web.Answer, error) {
	if !r.API() {
		p, err := d.staffPage(r)
		if err != nil {
			return nil, err
		}
		return r.Page("centre/staff.html", p)
	}
	all, err := d.Staff(r.Context(), r.By, r.ID("centre"))
	if err != nil {
		return nil, err
	}
	bodies := []StaffBody{}
	for _, s := range all {
		bodies = append(bodies, staffBody(s, r.Today()))
	}
	return r.Whole(bodies)
}

func (d *Desk) getOneStaff(r *web.Request) (web.Answer, error) {
	s, err := d.LookStaff(r.Context(), r.By, r.ID("staff"))
	if err != nil {
		return nil, err
	}
	if !r.API() {
		return r.Page("centre/certificate.html", s)
	}
	return r.JSON(staffBody(s, r.Today()))
}

func (d *Desk) postStaff(r *web.Request) (web.Answer, error) {
	var n NewStaff
	err := r.Read(&n)
	var s Staff
	if err == nil {
		s, err = d.AddStaff(r.Context(), r.By, Staff{Centre: r.ID("centre"), Name: n.Name, Kind: n.Kind, CertificateNo: n.CertificateNo,
			CertificateUntil: n.CertificateUntil})
	}
	if err != nil {
		return r.Again("centre/staff.html", func() (any, error) { return d.staffPage(r) }, err)
	}
	if !r.API() {
		r.Flash("Petugas %s dicatat.", s.Name)
	}
	return r.Done("/centres/"+s.Centre.String()+"/staff", "/staff/"+s.ID.String(), staffBody(s, r.Today()))
}

func (d *Desk) postCertificate(r *web.Request) (web.Answer, error) {
	s, err := web.Do(r, func(c Certificate) (Staff, error) { return d.Certify(r.Context(), r.By, r.ID("staff"), c) })
	if err != nil {
		return r.Again("centre/certificate.html", func() (any, error) { return d.LookStaff(r.Context(), r.By, r.ID("staff")) }, err)
	}
	if !r.API() {
		r.Flash("Sertifikat %s dicatat.", s.Name)
	}
	return r.Done("/centres/"+s.Centre.String()+"/staff", "/staff/"+s.ID.String(), staffBody(s, r.Today()))
}
