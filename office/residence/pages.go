package residence

import (
	"embed"

	"tuntas/house/text"
	"tuntas/house/web"
	"tuntas/house/who"
)

//go:embed html/*
var Pages embed.FS //nolint:revive // the desk's templates

//go:embed words.en.json
var words []byte

var _ = text.Load(words)

// Routes are the desk's addresses.
func (d *Desk) Routes() []web.Route {
	return []web.Route{
		web.GET("/centres/{centre}/beds", d.getBeds).Says("beds", "Beds of a centre with their state").Lists(BedBody{}),
		web.POST("/centres/{centre}/beds", d.postWard).Drafts("Wisma baru", who.ManageBeds).Says("beds", "Build a ward with rooms and beds").Takes(NewWard{}).Gives(NewWard{}),
		web.GET("/stays/{stay}", d.getStay).Openable().API().Says("stays", "One stay").Gives(Body{}),
		web.PATCH("/stays/{stay}", d.patchStay).Says("stays", "End a stay or move it to another bed").Takes(Change{}).Gives(Body{}),
	}
}

// ward is a ward as the board shows it.
type ward struct {
	Name        string
	Taken, Beds int
	Rooms       []room
}

type room struct {
	Name string
	Beds []Bed
}

func (d *Desk) getBeds(r *web.Request) (web.Answer, error) {
	beds, err := d.Beds(r.Context(), r.By, r.ID("centre"))
	if err != nil {
		return nil, err
	}
	if r.API() {
		bodies := []BedBody{}
		for _, b := range beds {
			bodies = append(bodies, BedBodyOf(b))
		}
		return r.Whole(bodies)
	}
	var wards []ward
	for _, b := range beds {
		if len(wards) == 0 || wards[len(wards)-1].Name != b.Ward {
			wards = append(wards, ward{Name: b.Ward})
		}
		w := &wards[len(wards)-1]
		if len(w.Rooms) == 0 || w.Rooms[len(w.Rooms)-1].Name != b.Room {
			w.Rooms = append(w.Rooms, room{Name: b.Room})
		}
		in := &w.Rooms[len(w.Rooms)-1]
		in.Beds = append(in.Beds, b)
		w.Beds++
		if b.StayState == Open {
			w.Taken++
		}
	}
	return r.Page("residence/beds.html", map[string]any{"Wards": wards, "Centre": r.ID("centre"), "Manage": r.By.May("bed.manage")})
}

func (d *Desk) postWard(r *web.Request) (web.Answer, error) {
	var w NewWard
	if err := r.Read(&w); err != nil {
		return r.Again("residence/beds.html", map[string]any{"Wards": nil, "Centre": r.ID("centre"), "Manage": true}, err)
	}
	if w.Sex == "" {
		w.Sex = "mixed"
	}
	if err := d.AddWard(r.Context(), r.By, r.ID("centre"), w); err != nil {
		return nil, err
	}
	path := "/centres/" + r.ID("centre").String() + "/beds"
	return r.Done(path, path, w)
}

func (d *Desk) getStay(r *web.Request) (web.Answer, error) {
	s, err := d.Look(r.Context(), r.By, r.ID("stay"))
	if err != nil {
		return nil, err
	}
	return r.JSON(BodyOf(s))
}

func (d *Desk) patchStay(r *web.Request) (web.Answer, error) {
	var ch Change
	if err := r.Read(&ch); err != nil {
		return nil, err
	}
	s, err := d.Change(r.Context(), r.By, r.ID("stay"), r.IfMatch(), ch)
	if err != nil {
		return nil, err
	}
	return r.Changed("/cases/"+s.Case.String(), BodyOf(s))
}
