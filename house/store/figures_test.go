package store_test

import (
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"tuntas/house/store"
	"tuntas/office/casework"
	"tuntas/office/person"
	"tuntas/try/province"
)

// What figures cost: people are registered and their cases opened, the deed that moves most figures, by eight hands at once,
// with figures kept and folded each second, and without.
func BenchmarkFigures(b *testing.B) {
	for _, engine := range []string{"sqlite", "postgres"} {
		for _, kept := range []bool{true, false} {
			b.Run(fmt.Sprintf("%s/kept=%t", engine, kept), func(b *testing.B) {
				p := province.On(b, engine)
				if !kept {
					store.Uncounted(p.Store)
				}
				ratna := p.As("ratna")
				over := make(chan struct{})
				defer close(over)
				go func() {
					tick := time.NewTicker(time.Second)
					defer tick.Stop()
					for {
						select {
						case <-tick.C:
							_ = p.Store.Fold(p.Ctx)
						case <-over:
							return
						}
					}
				}()
				var n atomic.Int64
				b.SetParallelism(4)
				b.ResetTimer()
				b.RunParallel(func(pb *testing.PB) {
					for pb.Next() {
						who, _, err := p.Persons.Register(p.Ctx, ratna, province.Called(fmt.Sprint("Mbah ", n.Add(1)), person.Birth{Date: "1950", Precision: "year"}))
						if err != nil {
							b.Error(err)
							return
						}
						if _, err := p.Cases.Open(p.Ctx, ratna, casework.Opening{Person: who.ID, Centre: p.A, Kind: "lansia_telantar", OpenedOn: p.Store.Today()}); err != nil {
							b.Error(err)
							return
						}
					}
				})
				b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "deeds/s")
			})
		}
	}
}
