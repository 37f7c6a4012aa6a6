package seed

import (
	"context"
	"errors"
	"fmt"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/who"
	"tuntas/office/opendata"
)

// Opening is what the sample needs to release open figures.
type Opening struct {
	Desk     *opendata.Desk
	Calendar *Calendar
	Head     who.Asker // of a division of the province
}

// Open releases every family of figures twice, weeks apart, so that the second shows what the first keeps hidden. A family
// that has too few people is refused, as it would be in life.
func Open(ctx context.Context, s Opening, today clock.Day) error {
	defer s.Calendar.Release()
	for n, on := range []clock.Day{today.Add(-75), today} {
		s.Calendar.hold(on, 30)
		for _, family := range opendata.Families {
			_, err := s.Desk.Publish(ctx, s.Head, opendata.Releasing{Family: family})
			if rule := (*fail.Rule)(nil); err != nil && !errors.As(err, &rule) {
				return fmt.Errorf("release %d of %s: %w", n+1, family, err)
			}
		}
	}
	return nil
}
