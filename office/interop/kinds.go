package interop

import (
	"slices"

	"tuntas/house/who"
)

// kind is one kind of list.
type kind struct {
	name    string // as in the command and the address
	columns []column
	needs   []string          // columns without which no row can be taken in
	rights  []who.Right       // besides the one to import
	fields  map[string]string // what a desk calls a thing, to the column in which it stands
	read    func(*record, Options) taker
	words   dictionary
}

// Register is the kind of an office's own register, which opens persons, cases and stays at once.
const Register = "register"

// Kinds are the names of all kinds of lists.
var Kinds = []string{Register, "persons", "cases", "stays", "services"}

var listKinds = map[string]*kind{
	Register: {name: Register, rights: []who.Right{who.EnterPerson, who.OpenCase, who.PlaceStay}, fields: map[string]string{
		"names.0.text": ColName, "birth.date": ColBirth, "birth.from": ColBirth, "centre_id": ColCentre, "ppks_type": ColKind, "kind-not-served": ColKind,
		"opened_on": ColEntered, "from": ColEntered, "home_region": ColRegion, "person-placed": ColName, "case-open": ColName}},
	"persons": {name: "persons", columns: personColumns, needs: []string{ColName}, rights: []who.Right{who.EnterPerson}, read: readPerson, fields: map[string]string{
		"names.0.text": ColName, "birth.date": ColBirth, "birth.from": "birth_from", "centre_id": ColCentre, "id-used": "id"}},
	"cases": {name: "cases", columns: caseColumns, needs: []string{ColCentre, "ppks_type", "opened_on"}, rights: []who.Right{who.OpenCase}, read: readCase,
		fields: map[string]string{"centre_id": ColCentre, "kind-not-served": "ppks_type", "reason": "exit_reason", "worker_id": "worker", "id-used": "id",
			"case-open": "person_id", "person-deceased": "opened_on", "on": "terminated_on", "waiver-right": "stage"}},
	"stays": {name: "stays", columns: stayColumns, needs: []string{"from"}, rights: []who.Right{who.PlaceStay}, read: readStay,
		fields: map[string]string{"bed_id": "bed", "bed-taken": "bed", "person-placed": "from", "id-used": "id", "not-in-care": "case_id", "outside-case": "case_id"}},
	"services": {name: "services", columns: serviceColumns, needs: []string{"item", "on"}, rights: []who.Right{who.GiveService}, read: readService,
		fields: map[string]string{"id-used": "id", "case-closed": "on"}},
}

func init() {
	for _, k := range listKinds {
		called := map[string]string{}
		for _, c := range k.columns {
			called[c.key] = fold(c.key) + "|" + c.called
		}
		k.words = dictionaryOf(called)
	}
}

// keys are the columns in their order.
func (k *kind) keys() []string {
	var all []string
	for _, c := range k.columns {
		all = append(all, c.key)
	}
	return all
}

// columnOf gives the column in which stands what a desk calls by a name; "" when none does.
func (k *kind) columnOf(name string) string {
	if column, ok := k.fields[name]; ok {
		return column
	}
	if k.read == nil && slices.Contains(columns, name) || slices.Contains(k.keys(), name) {
		return name
	}
	return ""
}

// KindsFor are the kinds that an asker may import.
func KindsFor(by who.Asker) []string {
	var all []string
	for _, name := range Kinds {
		if by.May(who.Import) && !slices.ContainsFunc(listKinds[name].rights, func(r who.Right) bool { return !by.May(r) }) {
			all = append(all, name)
		}
	}
	return all
}
