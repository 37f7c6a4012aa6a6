package seed

import (
	"context"
	"fmt"

	"tuntas/house/clock"
	"tuntas/house/who"
	"tuntas/office/centre"
	"tuntas/office/satisfaction"
)

// Surveys is what the sample needs to play the surveys of satisfaction.
type Surveys struct {
	Desk     *satisfaction.Desk
	Calendar *Calendar
}

// Survey plays a round of last year and one of this year at each institution, both closed, and at one institution a round
// that is open. All answers are invented.
func Survey(ctx context.Context, s Surveys, by who.Asker, all []centre.Centre, today clock.Day) error {
	defer s.Calendar.Release()
	for n, c := range all {
		if !c.ClientService {
			continue
		}
		for k, from := range []clock.Day{today.AddMonths(-15), today.AddMonths(-3)} {
			if _, err := s.round(ctx, by, c, from, n, k, 10+n%4-3*(n%4/3)); err != nil {
				return err
			}
		}
		if c.Code != "pstw-jember" {
			continue
		}
		r, err := s.round(ctx, by, c, today.Add(-6), n, 2, 4)
		if err != nil {
			return err
		}
		if err := s.pulse(ctx, by, c, r, today); err != nil {
			return err
		}
	}
	return nil
}

// pulse lets everybody answer a round that is open, and three of them do.
func (s Surveys) pulse(ctx context.Context, by who.Asker, c centre.Centre, r satisfaction.Round, today clock.Day) error {
	if _, err := s.Desk.TurnPulse(ctx, by, r.ID, 0, true); err != nil {
		return fmt.Errorf("pulse of %s: %w", c.Code, err)
	}
	for k, w := range []string{"resident", "family", "visitor"} {
		s.Calendar.hold(today.Add(-1), 3*k)
		stamp, err := s.Desk.Stamp(ctx)
		if err != nil {
			return err
		}
		s.Calendar.hold(today.Add(-1), 3*k+1)
		v := int64(2 + k%3)
		in := satisfaction.NewPulse{U1: v, U2: 3, U3: v, U4: 4, U5: 3, U6: v, U7: 4, U8: 2, U9: 3, Respondent: w}
		in.Stamp = stamp
		if err := s.Desk.Give(ctx, "198.51.100.7", c.Code, in); err != nil {
			return fmt.Errorf("pulse of %s: %w", c.Code, err)
		}
	}
	return nil
}

// round plays one round of thirty days; one that would end in the future stays open.
func (s Surveys) round(ctx context.Context, by who.Asker, c centre.Centre, from clock.Day, n, k, forms int) (r satisfaction.Round, err error) {
	s.Calendar.hold(from, n)
	if r, err = s.Desk.OpenRound(ctx, by, c.ID, satisfaction.NewRound{From: from, To: from.Add(29), Note: "Penghuni dan keluarga yang datang berkunjung (contoh)."}); err != nil {
		return r, fmt.Errorf("survey of %s: %w", c.Code, err)
	}
	schools := []string{"", "none", "primary", "lower", "upper"}
	for f := range forms {
		on := from.Add(f)
		s.Calendar.hold(on, n+2)
		value := func(element int) int64 { return int64(min(4, 2+(n*3+k*2+f*3+element*7)%5-(element+n)%2+k/2)) }
		in := satisfaction.NewAnswer{On: on, Sex: []string{"female", "male"}[f%2], Age: []string{"60-69", "70-", "18-39", "40-59"}[(f+n)%4], Education: schools[(f+n)%len(schools)]}
		for e, into := range []*int64{&in.U1, &in.U2, &in.U3, &in.U4, &in.U5, &in.U6, &in.U7, &in.U8, &in.U9} {
			*into = max(1, value(e))
		}
		if f == 0 {
			in.Remark = "Petugasnya ramah, kamar mandinya kurang (contoh)."
		}
		if _, err := s.Desk.Enter(ctx, by, r.ID, in); err != nil {
			return r, fmt.Errorf("form of %s: %w", c.Code, err)
		}
	}
	if k == 2 {
		return r, nil
	}
	s.Calendar.hold(r.To.Add(2), n)
	return s.Desk.CloseRound(ctx, by, r.ID, 0)
}
