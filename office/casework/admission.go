package casework

import (
	"errors"

	"tuntas/house/clock"
	"tuntas/house/fail"
)

// mayHouse holds who may live in the panti: whose criteria are met or waived and who consented, or who is
// taken in as an emergency, bed first and papers after (Pasal 9 ayat (3), 20, 21).
func mayHouse(f File, on, today clock.Day) error {
	if err := mayLodge(f.Case, on, today); err != nil {
		return err
	}
	if f.Emergency {
		return nil
	}
	if f.Stage != Approach { // the gate of assessment was passed, or waived on record
		return nil
	}
	err := gateOf(beforeAssessment(f), false)
	if rule := (*fail.Rule)(nil); errors.As(err, &rule) {
		rule.Name, rule.Say = "admission-gate", fail.Say("Belum bisa menempati tempat tidur: syarat penerimaan belum lengkap.")
		return rule
	}
	return nil
}

// mayLodge holds what every stay in the panti needs, also one that another record tells of: a case that is
// served inside, and a day of that case.
func mayLodge(c Case, on, today clock.Day) error {
	if c.Setting != Inside {
		return fail.Broken("outside-case", "Kasus ini dilayani di luar panti (Pasal 9 ayat (2)). Ubah dahulu tempat layanannya.")
	}
	return dayInOrder("from", on, c.OpenedOn, today)
}
