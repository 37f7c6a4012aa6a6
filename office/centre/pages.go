package centre

import (
	"embed"

	"tuntas/house/text"
	"tuntas/house/upload"
	"tuntas/house/web"
	"tuntas/house/who"
	"tuntas/law"
)

//go:embed html/*
var Pages embed.FS //nolint:revive // the desk's templates

//go:embed words.en.json
var words []byte

var _ = text.Load(words)

// Routes are the desk's addresses.
func (d *Desk) Routes() []web.Route {
	return []web.Route{
		web.GET("/centres", d.getCentres).Says("centres", "All centres").Lists(Body{}),
		web.GET("/centres/{centre}", d.getCentre).API().Says("centres", "One centre").Gives(Body{}),
		web.PATCH("/centres/{centre}", d.patchCentre).Says("centres", "Change name or capacity").Takes(Change{}).Gives(Body{}),
		web.GET("/centres/{centre}/profile", d.getProfile).Says("centres", "What an institution says of itself to visitors").Gives(ProfileBody{}),
		web.POST("/centres/{centre}/profile", d.postProfile).Drafts("Profil publik|draf", who.ManageCentre).Says("centres", "Write what an institution says of itself to visitors").Takes(NewProfile{}).Gives(ProfileBody{}),
		web.POST("/centres/{centre}/photo", d.postPhoto).NoDrafts("a file").Limit(upload.Most+(1<<20)).Carries("file").Says("centres", "Put a photo on the profile of an institution; it is drawn anew in three sizes").Takes(NewPhoto{}).Gives(ProfileBody{}),
		web.POST("/centres/{centre}/photo/removal", d.postRemoval).NoDrafts("a button").Says("centres", "Take the photo off the profile of an institution").Takes(struct{}{}).Gives(ProfileBody{}),
		web.GET("/panti/foto/{centrephoto}/{width}", d.getPhoto).Page().Open(),
		web.GET("/centres/{centre}/staff", d.getStaff).Says("centres", "Staff of a centre and their certificates").Lists(StaffBody{}),
		web.POST("/centres/{centre}/staff", d.postStaff).Drafts("Petugas baru", who.ManageCentre).Says("centres", "Record a member of staff").Takes(NewStaff{}).Gives(StaffBody{}),
		web.GET("/staff/{staff}", d.getOneStaff).Says("centres", "One member of staff").Gives(StaffBody{}),
		web.POST("/staff/{staff}/certificate", d.postCertificate).Drafts("Sertifikat baru", who.ManageCentre).Says("centres", "Record a new certificate").Takes(Certificate{}).Gives(StaffBody{}),
		web.GET("/regions", d.getRegions).API().Open().Says("centres", "Kabupaten and kota").Lists(law.Region{}),
	}
}

func (d *Desk) getCentres(r *web.Request) (web.Answer, error) {
	all, err := d.List(r.Context(), r.By)
	if err != nil {
		return nil, err
	}
	if r.API() {
		if err := r.Filter(&struct {
			Limit int64  `query:"limit"`
			After string `query:"after"`
		}{}); err != nil {
			return nil, err
		}
		bodies := []Body{}
		for _, c := range all {
			bodies = append(bodies, BodyOf(c))
		}
		return r.Whole(bodies)
	}
	return r.Page("centre/centres.html", all)
}

func (d *Desk) getCentre(r *web.Request) (web.Answer, error) {
	c, err := d.Look(r.Context(), r.By, r.ID("centre"))
	if err != nil {
		return nil, err
	}
	return r.JSON(BodyOf(c))
}

func (d *Desk) patchCentre(r *web.Request) (web.Answer, error) {
	var ch Change
	if err := r.Read(&ch); err != nil {
		return nil, err
	}
	c, err := d.Change(r.Context(), r.By, r.ID("centre"), r.IfMatch(), ch)
	if err != nil {
		return nil, err
	}
	return r.Changed("/centres", BodyOf(c))
}

func (d *Desk) getRegions(r *web.Request) (web.Answer, error) {
	return r.Whole(law.Regions.Latest())
}
