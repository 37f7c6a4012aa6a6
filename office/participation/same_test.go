package participation_test

import (
	"testing"

	"tuntas/house/store"
	"tuntas/office/participation"
	"tuntas/try/province"
)

// A number that is there costs as many statements as one that is not, whatever code comes with it, by each way in which a
// reporter asks: so the time of the answer does not tell which numbers there are.
func TestTrack_sameWork(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		d := desk(p)
		_, open := sent(t, p, d, "person", "Kakek di emperan.", "Pasar")
		_, sealed := sent(t, p, d, "abuse", "Dipukul petugas.", "Wisma A")
		ways := map[string]func(k participation.Key) (int, error){
			"track": func(k participation.Key) (int, error) {
				ctx, n := store.Counting(p.Ctx)
				_, err := d.Track(ctx, k)
				return *n, err
			},
			"reply": func(k participation.Key) (int, error) {
				ctx, n := store.Counting(p.Ctx)
				err := d.AddReply(ctx, "198.51.100.7", participation.Reply{Key: k, Text: "Halo"}, nil)
				return *n, err
			},
			"judge": func(k participation.Key) (int, error) {
				ctx, n := store.Counting(p.Ctx)
				err := d.Judge(ctx, participation.Judgement{Key: k, Solved: "yes"})
				return *n, err
			},
		}
		for way, ask := range ways {
			want, err := ask(participation.Key{Number: "JTM-000-000", Code: "0000-0000-0000"})
			province.Wants(t, way+" an unknown number", err, "report-unknown")
			if want == 0 {
				t.Fatalf("%s: nothing was counted", way)
			}
			for name, k := range map[string]participation.Key{
				"a known number, a wrong code":     {Number: open.Number, Code: "0000-0000-0000"},
				"a known number, the other's code": {Number: open.Number, Code: sealed.Code},
				"a known number alone":             {Number: open.Number},
				"a sealed number, a wrong code":    {Number: sealed.Number, Code: "0000-0000-0000"},
				"no number":                        {Number: "?", Code: open.Code},
			} {
				n, err := ask(k)
				province.Wants(t, way+" "+name, err, "report-unknown")
				if n != want {
					t.Errorf("%s %s: %d statements, an unknown number %d", way, name, n, want)
				}
			}
		}
	})
}
