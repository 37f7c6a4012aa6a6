package monitoring_test

import (
	"context"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"

	"tuntas/house/store"
	"tuntas/office/casework"
	"tuntas/office/monitoring"
	"tuntas/office/person"
	"tuntas/try/province"
)

// While cases are opened and moved on from several sides, and the folder folds, every reader sees one moment: a figure is as
// many as the list behind it with what is withheld, and the stages of the open cases add up to the cases of their workers.
func TestFigures_whileOthersWrite(t *testing.T) {
	t.Parallel()
	const writers, each = 4, 12
	province.Each(t, func(t *testing.T, p *province.Province) {
		p.Figures = monitoring.New(p.Store, allMeasures)
		ctx, stop := context.WithCancel(p.Ctx)
		defer stop()
		var writing, reading sync.WaitGroup
		var done atomic.Int64
		for w := range writers {
			writing.Go(func() {
				for n := range each {
					by := p.As([]string{"joko", "ratna", "sari"}[w%3])
					lodger, _, err := p.Persons.Register(p.Ctx, by, province.Called("Orang Serentak "+strconv.Itoa(w*each+n), person.Birth{}))
					if err != nil {
						t.Error(err)
						return
					}
					if _, err := p.Cases.Open(p.Ctx, by, casework.Opening{Person: lodger.ID, Centre: by.Scope.Centres[0], OpenedOn: today.Add(-n), Emergency: true, Kind: "lansia_telantar"}); err != nil {
						t.Error(err)
						return
					}
					done.Add(1)
				}
			})
		}
		reading.Go(func() {
			for ctx.Err() == nil {
				if err := p.Store.Fold(p.Ctx); err != nil {
					t.Error(err)
				}
			}
		})
		var looks atomic.Int64
		for range 2 {
			reading.Go(func() {
				for ctx.Err() == nil {
					agrees(t, p)
					looks.Add(1)
				}
			})
		}
		writing.Wait()
		stop()
		reading.Wait()
		agrees(t, p)
		if done.Load() != writers*each || looks.Load() == 0 {
			t.Errorf("%d cases were opened, and looked at %d times", done.Load(), looks.Load())
		}
	})
}

func agrees(t *testing.T, p *province.Province) {
	t.Helper()
	s := monitoring.Span{From: today.AddMonths(-12), To: today}
	opened, _ := monitoring.Find("opened")
	b, err := p.Figures.Records(p.Ctx, p.As("wulan"), opened, s, "", nil, store.Place{}, 500)
	if err != nil || b.Figure != int64(len(b.Items))+b.Withheld {
		t.Errorf("the figure is %d, its list has %d and withholds %d, %v", b.Figure, len(b.Items), b.Withheld, err)
	}
	err = p.Store.Read(p.Ctx, p.House, testFigures, func(tx *store.Tx) error {
		sums := [2]int64{}
		for n, measure := range []string{"case.stage", "case.worker"} {
			all, err := store.Stock(tx, measure, today, 0)
			if err != nil {
				return err
			}
			for _, f := range all {
				sums[n] += f.N
			}
		}
		if sums[0] != sums[1] {
			t.Errorf("%d cases by stage, %d by worker", sums[0], sums[1])
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}
