package passage_test

import (
	"slices"
	"strings"
	"testing"

	"tuntas/house/clock"
	"tuntas/house/who"
	"tuntas/office/casework"
	"tuntas/office/passage"
)

// told is the history of a case as lines: day, kind, sentence, who, and where to read more.
func (h *house) told(by who.Asker, c casework.Case, kind string) (lines []string) {
	h.t.Helper()
	f := h.look(by, c.ID)
	w, err := h.way.Of(h.Ctx, by, f)
	h.must(err)
	for _, m := range (casework.History{}).With(w.Moments(f, clock.DayOf(h.Clock.Now()))...).Of(kind) {
		if m.Path == "" || m.Icon() == "" || !slices.Contains(casework.MomentKinds, m.Kind) {
			h.t.Errorf("no link, picture or kind: %+v", m)
		}
		lines = append(lines, strings.TrimSpace(string(m.On)+" "+m.Say.String()+" "+m.By))
	}
	return lines
}

func (h *house) same(what string, got []string, want ...string) {
	h.t.Helper()
	if !slices.Equal(got, want) {
		h.t.Errorf("%s:\n%s\nwant\n%s", what, strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// The history tells of a leave that was agreed, called off, begun, late and over.
func TestHistory_leave(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		c := h.lodge("Pak Darmo", "lansia_telantar", 70, 0)
		h.to(c, casework.Resocialisation)
		h.same("nothing yet", h.told(h.ratna, c, ""))
		in := passage.NewLeave{From: today.Add(2), Due: today.Add(4), With: "Anak", Contact: "x", AgreedBy: "Pak Darmo", Bed: passage.BedKept}
		l, err := h.way.PlanLeave(h.Ctx, h.ratna, c.ID, in)
		h.must(err)
		agreed := string(today) + " Cuti percobaan 2026-11-26 sampai 2026-11-28 disetujui oleh Pak Darmo. Ratna"
		h.same("agreed", h.told(h.ratna, c, "leave"), agreed)
		h.Clock.To(today.Add(1))
		_, err = h.way.CancelLeave(h.Ctx, h.ratna, l.ID, 0, passage.Cancelling{Reason: "Sakit"})
		h.must(err)
		calledOff := "2026-11-25 Cuti percobaan dibatalkan."
		h.same("called off", h.told(h.ratna, c, "leave"), calledOff, agreed)
		l, err = h.way.PlanLeave(h.Ctx, h.ratna, c.ID, in)
		h.must(err)
		h.Clock.To(today.Add(2))
		_, err = h.way.Depart(h.Ctx, h.ratna, l.ID, 0, passage.Departure{On: today.Add(2)})
		h.must(err)
		h.Clock.To(today.Add(4))
		again := strings.Replace(agreed, string(today), "2026-11-25", 1)
		left := "2026-11-26 Berangkat cuti percobaan."
		h.same("away, and not late on the last day", h.told(h.ratna, c, "leave"), left, again, calledOff, agreed)
		h.Clock.To(today.Add(6))
		late := "2026-11-29 Belum kembali dari cuti percobaan, seharusnya 2026-11-28."
		h.same("late", h.told(h.ratna, c, "leave"), late, left, again, calledOff, agreed)
		_, err = h.way.EndLeave(h.Ctx, h.ratna, l.ID, 0, passage.Homecoming{On: today.Add(6), Came: passage.Back, Result: "failed", Note: "x"})
		h.must(err)
		h.same("back, and that it was late stays", h.told(h.ratna, c, "leave"), "2026-11-30 Kembali dari cuti percobaan.", late, left, again, calledOff, agreed)
		h.same("no other kind", h.told(h.ratna, c, "transfer"))
	})
}

// Both sides of a transfer read who signed for which centre, and when the person moved; a refusal is told too.
func TestHistory_transfer(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		c := h.lodge("Mbah Sumarni", "lansia_telantar", 75, 0)
		h.to(c, casework.Intervention)
		first := h.propose(c, false)
		_, err := h.way.Refuse(h.Ctx, h.dewi, first.ID, 0, passage.Cancelling{Reason: "Penuh"})
		h.must(err)
		h.Clock.To(today.Add(1))
		mv, err := h.way.Propose(h.Ctx, h.joko, c.ID, 0, passage.Proposal{To: h.B, Reason: "Dekat keponakan", WantedOn: today.Add(2), Along: "KTP"})
		h.must(err)
		asked := []string{"2026-11-25 Pemindahan ke " + mv.ToName + " diusulkan. Joko",
			"2026-11-24 Pemindahan ke " + mv.ToName + " ditolak. Dewi", "2026-11-24 Pemindahan ke " + mv.ToName + " diusulkan. Joko"}
		h.same("refused, and asked again", h.told(h.ratna, c, "transfer"), asked...)
		h.Clock.To(today.Add(3))
		in := h.places(mv)
		in.On = today.Add(2)
		mv, err = h.way.Accept(h.Ctx, h.dewi, mv.ID, 0, in)
		h.must(err)
		h.same("from there", h.told(h.joko, c, "transfer"), append([]string{"2026-11-27 Pemindahan ke " + mv.ToName + " diterima. Dewi", "2026-11-26 Pindah ke " + mv.ToName + "."}, asked...)...)
		there := h.look(h.dewi, mv.Members[0].Next).Case
		h.same("to here", h.told(h.dewi, there, "transfer"), "2026-11-27 Pemindahan dari "+mv.FromName+" diterima. Dewi", "2026-11-26 Pindah dari "+mv.FromName+".",
			"2026-11-25 Pemindahan dari "+mv.FromName+" diusulkan. Joko")
	})
}

// Reviews of a long stay, and the steps after a death as they are done; never the cause.
func TestHistory_reviewAndDeath(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		c := h.lodge("Mbah Karto", "lansia_telantar", 82, 0)
		h.to(c, casework.Intervention)
		_, _, err := h.way.Review(h.Ctx, h.ratna, c.ID, 0, passage.NewReview{On: today.Add(-3), Decision: passage.Begin, Note: "Tidak ada keluarga"})
		h.must(err)
		_, _, err = h.way.Review(h.Ctx, h.ratna, c.ID, 0, passage.NewReview{On: today.Add(-1), Decision: passage.Continue, Note: "Tetap"})
		h.must(err)
		h.same("reviews", h.told(h.joko, c, "review"), "2026-11-23 Tinggal jangka panjang ditinjau: diteruskan. Ratna", "2026-11-21 Tinggal jangka panjang ditetapkan. Ratna")
		_, err = h.way.RecordDeath(h.Ctx, h.ratna, c.ID, 0, passage.NewDeath{On: today, Place: "centre", Cause: "Gagal jantung"})
		h.must(err)
		h.same("died", h.told(h.yati, c, "death"), "2026-11-24 Meninggal dunia. Ratna")
		h.Clock.To(today.Add(2))
		_, err = h.way.TakeSteps(h.Ctx, h.ratna, c.ID, 0, passage.Steps{LetterNo: "12/RS", LetterOn: today, Doctor: "dr. A", Family: "searched", FamilyOn: today.Add(1), FamilyBy: "Ratna", Goods: "none", GoodsOn: today.Add(2),
			BuriedOn: today.Add(1)})
		h.must(err)
		h.same("steps that are done", h.told(h.yati, c, "death"), "2026-11-26 Tidak ada barang peninggalan.", "2026-11-25 Keluarga dicari setelah kematian, belum ditemukan.",
			"2026-11-24 Surat kematian 12/RS dibuat.", "2026-11-24 Meninggal dunia. Ratna")
	})
}
