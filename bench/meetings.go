package main

import (
	"context"
	"fmt"

	"tuntas/house/id"
	"tuntas/house/store"
)

// What two hundred meetings of ten years come to. Their ids are known, so that a flow can open one.
const (
	meetings     = 200
	itemsEach    = 15
	firstMeeting = 1_000_000
	firstItem    = 2_000_000
)

// lastMeeting is the address of the meeting that is still to be held.
func lastMeeting() string { return "/meetings/" + id.ID(firstMeeting+meetings-1).String() }

// meetings are held every eighteen days, all but the last two, with every agency and every institution.
func (v *revitalisation) meetings(ctx context.Context) error {
	var held, invited, items [][]any
	for n := range meetings {
		m, on, state := id.ID(firstMeeting+n), v.today.Add(18*(n-meetings+3)), "approved"
		if on >= v.today {
			state = "called"
		}
		held = append(held, []any{m, 1, fmt.Sprintf("Rakor beban %d", n+1), on, "09:00", "12:00", "Aula", "", "Kepala", "Sekretaris", "", state, 0, "", "Risalah beban.", "", 0, "", "", on.Add(-10), "beban"})
		for k, a := range v.agencies {
			invited = append(invited, []any{id.New(), m, int64(a), nil, fmt.Sprintf("Lembaga beban %d", k+1), "", true, k%3 != 0, "Pak Beban", "", ""})
		}
		for _, c := range v.centres {
			invited = append(invited, []any{id.New(), m, nil, int64(c.ID), c.Name, "", true, true, "Bu Beban", "", ""})
		}
		for k := range itemsEach {
			items = append(items, []any{id.ID(firstItem + n*itemsEach + k), 1, m, k + 1, "own", "", fmt.Sprintf("Acara %d.%d", n+1, k+1), "", 0, "", "accepted", "Dibahas.", "beban"})
		}
	}
	return v.write(ctx, "rakor", func(tx *store.Tx) error {
		if err := tx.Bulk("meetings", []string{"id", "version", "name", "on_day", "from_time", "to_time", "place", "link", "chair", "note_taker", "about", "state", "sequence", "cancelled_why",
			"minutes", "sha256", "approved_at", "approved_by", "site", "made_on", "user_name"}, held); err != nil {
			return err
		}
		if err := tx.Bulk("meeting_invitees", []string{"id", "meeting_id", "agency_id", "centre_id", "name", "email", "invited", "present", "person", "post", "instead_of"}, invited); err != nil {
			return err
		}
		return tx.Bulk("meeting_items", []string{"id", "version", "meeting_id", "place", "source", "source_ref", "title", "reason", "number", "path", "state", "notes", "user_name"}, items)
	})
}
