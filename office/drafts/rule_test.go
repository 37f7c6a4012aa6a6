package drafts

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"tuntas/house/id"
	"tuntas/house/who"
)

func typed(user id.ID, n int64, text string) value {
	return value{User: user, N: n, Text: []string{text}}
}

func texts(f field) (all []string) {
	for _, v := range f.Values {
		all = append(all, fmt.Sprintf("%d:%s", v.User, v.Text[0]))
	}
	return all
}

// What a page had shown gives way to what is typed on it; what it had not shown, or somebody holds, stays beside it.
func TestPut(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		before []value
		v      value
		seen   int64
		holder id.ID
		want   []string
	}{
		"the first":                     {nil, typed(1, 1, "a"), 0, 0, []string{"1:a"}},
		"one's own, again":              {[]value{typed(1, 1, "a")}, typed(1, 2, "b"), 0, 0, []string{"1:b"}},
		"another's, seen":               {[]value{typed(2, 1, "a")}, typed(1, 2, "b"), 1, 0, []string{"1:b"}},
		"another's, not seen":           {[]value{typed(2, 1, "a")}, typed(1, 2, "b"), 0, 0, []string{"1:b", "2:a"}},
		"another's, the same":           {[]value{typed(2, 1, "a")}, typed(1, 2, "a"), 0, 0, []string{"1:a", "2:a"}},
		"the holder's, seen":            {[]value{typed(2, 1, "a")}, typed(1, 2, "b"), 1, 2, []string{"1:b", "2:a"}},
		"another's, seen by the holder": {[]value{typed(2, 1, "a")}, typed(1, 2, "b"), 1, 1, []string{"1:b"}},
		"two, one seen":                 {[]value{typed(2, 1, "a"), typed(3, 4, "c")}, typed(1, 5, "b"), 2, 0, []string{"1:b", "3:c"}},
	} {
		if got := texts(field{Values: c.before}.put(c.v, c.seen, c.holder)); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

// Nothing typed is ever lost: whatever three people type in whatever order on pages of whatever age, the last words of
// each are kept, unless somebody changed them on a page that showed them, or a form that showed them was sent.
func TestPut_losesNothing(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		all, n := fields{}, int64(0)
		last := map[id.ID]value{} // what each may expect to find
		for range rapid.IntRange(1, 30).Draw(t, "steps") {
			user := id.ID(rapid.IntRange(1, 3).Draw(t, "user"))
			seen := rapid.Int64Range(0, n).Draw(t, "seen")
			if rapid.IntRange(0, 9).Draw(t, "what") == 0 { // the form is sent
				all = all.taken(user, seen, false)
				own, wrote := last[user]
				for u, v := range last {
					if v.N <= seen || wrote && slices.Equal(v.Text, own.Text) {
						delete(last, u)
					}
				}
				continue
			}
			n++
			v := typed(user, n, rapid.StringMatching(`[a-c]`).Draw(t, "text"))
			all["text"] = all["text"].put(v, seen, 0)
			for u, o := range last {
				if o.N <= seen {
					delete(last, u)
				}
			}
			last[user] = v
		}
		for u, v := range last {
			if !slices.ContainsFunc(all["text"].Values, func(k value) bool { return slices.Equal(k.Text, v.Text) }) {
				t.Fatalf("the words of %d are lost: %v in %v", u, v, all)
			}
		}
	})
}

// Of a hushed draft, what somebody sees nothing of never gives way to them: neither when they type, nor when they send,
// choose, or discard.
func TestHushed_losesNothing(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		all, n := fields{}, int64(0)
		last := map[id.ID]string{}
		for range rapid.IntRange(1, 30).Draw(t, "steps") {
			user := id.ID(rapid.IntRange(1, 3).Draw(t, "user"))
			switch rapid.IntRange(0, 9).Draw(t, "what") {
			case 0:
				all = all.taken(user, n, true)
				delete(last, user)
			case 1:
				all = all.without(user)
				delete(last, user)
			default:
				n++
				v := typed(user, n, rapid.StringMatching(`[a-c]`).Draw(t, "text"))
				all["text"] = all["text"].put(v, 0, 0)
				last[user] = v.Text[0]
			}
		}
		if len(last) != len(all["text"].Values) {
			t.Fatalf("%v is left of %v", all, last)
		}
		for _, v := range all["text"].Values {
			if last[v.User] != v.Text[0] {
				t.Fatalf("%v is left of %v", all, last)
			}
		}
	})
}

// Of a hushed draft everybody sees their own words alone, but the worker of the case and who holds the right see all.
func TestShownTo(t *testing.T) {
	t.Parallel()
	d := Draft{Worker: 3, fields: fields{"text": {Values: []value{typed(1, 1, "a"), typed(2, 2, "b")}}}}
	f := Form{Hush: who.SeeNotes}
	for name, c := range map[string]struct {
		by   who.Asker
		want []string
	}{
		"a writer":     {who.Asker{User: 1}, []string{"1:a"}},
		"the other":    {who.Asker{User: 2}, []string{"2:b"}},
		"the worker":   {who.Asker{User: 3}, []string{"2:b", "1:a"}},
		"with a right": {who.Asker{User: 4, Rights: map[who.Right]bool{who.SeeNotes: true}}, []string{"2:b", "1:a"}},
		"a colleague":  {who.Asker{User: 5}, nil},
	} {
		if got := texts(d.fields.shownTo(c.by.User, d.ownOnly(f, c.by))["text"]); !slices.Equal(got, c.want) {
			t.Errorf("%s sees %v, want %v", name, got, c.want)
		}
	}
	if got := texts(d.fields.shownTo(1, d.ownOnly(Form{}, who.Asker{User: 1}))["text"]); !slices.Equal(got, []string{"1:a", "2:b"}) {
		t.Errorf("of an open draft the own words come first: %v", got)
	}
}

func TestMayKeep(t *testing.T) {
	t.Parallel()
	big := fields{}
	for i := range mostFields + 1 {
		big[fmt.Sprint(i)] = field{Values: []value{typed(1, 1, "x")}}
	}
	if mayKeep(big) == nil || mayKeep(fields{"a": big["0"]}) != nil {
		t.Error("a draft of too many fields is kept, or a small one is not")
	}
}
