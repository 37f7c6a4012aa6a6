package seed

import (
	"context"
	"fmt"

	"tuntas/house/clock"
	"tuntas/house/who"
	"tuntas/office/centre"
)

// Profiles writes what institutions say to visitors. All of it is invented, numbers to call included.
func Profiles(ctx context.Context, d *centre.Desk, calendar *Calendar, by who.Asker, all []centre.Centre, today clock.Day) error {
	defer calendar.Release()
	calendar.hold(today.Add(-40), 30)
	for n, c := range all {
		if !c.ClientService || n%7 == 6 { // some have not written theirs yet
			continue
		}
		in := centre.NewProfile{About: "Kami merawat, melatih, dan mengantar pulang. Taman depan terbuka untuk keluarga yang berkunjung (contoh).", Address: fmt.Sprintf("Jalan Contoh %d, %s", 3+n, c.Place),
			Phone: fmt.Sprintf("0000 555 %03d", 100+n), Visiting: "Setiap hari 09.00–11.00 dan 14.00–16.00. Bawa kartu identitas bila ada (contoh).", Route: "Angkutan kota berhenti di depan gerbang (contoh)."}
		if _, _, err := d.WriteProfile(ctx, by, c.ID, 0, in); err != nil {
			return fmt.Errorf("profile of %s: %w", c.Code, err)
		}
	}
	return nil
}
