package casework

import (
	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/law"
)

// FoodClock counts the days of food outside the panti: at most seven (Pasal 13, 17 ayat (1) huruf a). It
// warns and never blocks: nobody goes hungry because of a clock.
type FoodClock struct {
	Item  law.Item
	Since clock.Day
	Day   int // the day on which food was last given, counted from the first
}

// Over tells whether food was given for longer than the law says.
func (c FoodClock) Over() bool { return c.Day > c.Item.Days }

// Say is the line of the clock.
func (c FoodClock) Say() fail.Saying {
	if c.Over() {
		return fail.Say("Permakanan di luar panti sudah %d hari, paling lama %d hari (Pasal 17 ayat (1) huruf a). Pertimbangkan rujukan ke panti.", c.Day, c.Item.Days)
	}
	return fail.Say("Permakanan di luar panti: hari ke-%d dari %d.", c.Day, c.Item.Days)
}

// FoodClock gives the running clock; nil inside the panti and before food was given.
func (f File) FoodClock() *FoodClock {
	if f.Setting != Outside {
		return nil
	}
	for _, i := range f.Items() {
		for _, s := range f.Sums {
			if i.Days > 0 && s.Item == i.Key {
				return &FoodClock{i, s.First, s.Last.Sub(s.First) + 1}
			}
		}
	}
	return nil
}
