package coordination

import (
	"errors"
	"slices"
	"strings"

	"tuntas/house/fail"
	"tuntas/house/text"
	"tuntas/house/who"
	"tuntas/law"
	"tuntas/office/casework"
)

// Extra is one piece of data beyond the minimum of its kind of service: it needs a tick and a reason.
type Extra struct {
	Field  string `json:"field,omitempty" maxLength:"40"`
	Reason string `json:"reason,omitempty" maxLength:"300"`
	Value  string `json:"value,omitempty" maxLength:"500"` // of what the file of the case does not hold as a field
}

// Frozen is exactly what the receiver sees of a referral, as it was when it was prepared.
type Frozen struct {
	Need   string  `json:"need"`
	From   string  `json:"from"`
	By     string  `json:"by"`
	Fields []Shown `json:"fields"`
}

// Shown is one piece of data as it was sent.
type Shown struct {
	Key   string `json:"key"`
	Value string `json:"value"`
}

func (f Frozen) keys() []string {
	keys := make([]string, 0, len(f.Fields))
	for _, s := range f.Fields {
		keys = append(keys, s.Key)
	}
	return keys
}

// guarded are pieces that show what is masked elsewhere, with the right that sending them asks for.
var guarded = map[string]who.Right{"nik": who.SeeIdentity, "village": who.SeeIdentity, "legal_name": who.SeeIdentity, "health_note": who.SeeHealth}

// mayShare holds that each piece beyond the minimum is ticked with a reason, by somebody who may see it. The NIK is in
// no minimum. It gives the pieces that were ticked.
func mayShare(f facts, in []Extra) (all []Extra, err error) {
	var wrong fail.Fields
	rules := law.Referral.On(f.file.Today)
	least, _ := rules.Category(f.service.Category)
	for i, e := range in {
		at := "extras." + text.Number(text.EN, int64(i))
		switch known := slices.ContainsFunc(rules.Fields, func(s law.ShareField) bool { return s.Key == e.Field }); {
		case e.Field == "":
			continue
		case !known:
			wrong.Add(at+".field", "choice", "Pilih salah satu dari daftar.")
			continue
		case slices.Contains(least.Minimum, e.Field) || slices.ContainsFunc(all, func(x Extra) bool { return x.Field == e.Field }):
			continue
		case e.Reason == "":
			wrong.Add(at+".reason", "required", "Tulis mengapa penerima memerlukan data ini.")
		case e.Field == "health_note" && e.Value == "":
			wrong.Add(at+".value", "required", "Tulis keterangan yang ikut.")
		}
		all = append(all, e)
	}
	if err := wrong.Err(); err != nil {
		return nil, err
	}
	for _, key := range append(slices.Clone(least.Minimum), fieldsOf(all)...) {
		if right, ok := guarded[key]; ok && !f.by.May(right) {
			return nil, fail.Denied
		}
	}
	return all, nil
}

func fieldsOf(all []Extra) (keys []string) {
	for _, e := range all {
		keys = append(keys, e.Field)
	}
	return keys
}

// freeze takes the minimum and what was ticked out of the file. What is not known does not travel as a blank.
func freeze(f facts, r Referral) Frozen {
	shown := Frozen{Need: r.Need, From: r.CentreName, By: r.By}
	rules := law.Referral.On(f.file.Today)
	least, _ := rules.Category(r.Category)
	for _, one := range rules.Fields {
		i := slices.IndexFunc(r.Extras, func(e Extra) bool { return e.Field == one.Key })
		if i < 0 && !slices.Contains(least.Minimum, one.Key) {
			continue
		}
		value := valueOf(f.file, one.Key)
		if one.Key == "health_note" {
			value = r.Extras[i].Value
		}
		if value != "" {
			shown.Fields = append(shown.Fields, Shown{one.Key, value})
		}
	}
	return shown
}

// valueOf writes one piece of data as Indonesian words.
func valueOf(f casework.File, key string) string {
	p := f.Who
	switch key {
	case "called":
		return p.Called
	case "age":
		if age := p.Birth.AgeText(f.Today); age != "" {
			return text.T(text.ID, "%s tahun", age)
		}
	case "sex":
		return map[string]string{"female": "Perempuan", "male": "Laki-laki"}[p.Sex]
	case "home_region":
		r, _ := law.RegionOf(p.HomeRegion)
		return r.Name
	case "village":
		return p.Village
	case "legal_name":
		for _, n := range p.Names {
			if n.Kind == "legal" {
				return n.Text
			}
		}
	case "birth":
		return p.Birth.Say(text.ID)
	case "ppks_type":
		k, _ := law.KindOf(f.Kind)
		return k.Name
	case "stage":
		for _, s := range law.Stages.On(f.StageSince) {
			if s.Key == f.Stage {
				return s.Name
			}
		}
	case "nik":
		for _, c := range p.Identifiers {
			if c.Kind == "nik" && !strings.Contains(c.Value, "•") {
				return c.Value
			}
		}
	}
	return ""
}

var errSame = errors.New("the same was there already")

func notSame(err error) error {
	if errors.Is(err, errSame) {
		return nil
	}
	return err
}
