package province

import (
	"errors"
	"testing"

	"tuntas/house/fail"
)

// Refused says in a word or two why a deed was refused: the field and its code, the rule, or the kind; "" when it was not.
func Refused(err error) string {
	var wrong *fail.Invalid
	var rule *fail.Rule
	switch {
	case err == nil:
		return ""
	case errors.As(err, &wrong):
		return wrong.Fields[0].Name + " " + wrong.Fields[0].Code
	case errors.As(err, &rule):
		return rule.Name
	case errors.Is(err, fail.Denied):
		return "denied"
	case errors.Is(err, fail.NotFound):
		return "not found"
	case errors.Is(err, fail.Stale):
		return "stale"
	}
	return err.Error()
}

// Code is what went wrong, in short: the rule, the clash, or the field with its code; for the others their own words.
func Code(err error) string {
	var rule *fail.Rule
	var clash *fail.Collision
	var invalid *fail.Invalid
	switch {
	case err == nil:
		return ""
	case errors.As(err, &rule):
		return rule.Name
	case errors.As(err, &clash):
		return clash.Name
	case errors.As(err, &invalid):
		return invalid.Fields[0].Name + " " + invalid.Fields[0].Code
	}
	for _, plain := range []error{fail.NotFound, fail.Denied, fail.Stale} {
		if errors.Is(err, plain) {
			return plain.Error()
		}
	}
	return err.Error()
}

// Wants holds that a deed was refused for this code; "" is not at all.
func Wants(t *testing.T, what string, err error, want string) {
	t.Helper()
	if Code(err) != want {
		t.Errorf("%s: %v, want %q", what, err, want)
	}
}

// Kind names the kind of a refusal: denied, not-found or stale; invalid for any other, none where there is none.
func Kind(err error) string {
	for name, kind := range map[string]error{"denied": fail.Denied, "not-found": fail.NotFound, "stale": fail.Stale} {
		if errors.Is(err, kind) {
			return name
		}
	}
	if err == nil {
		return "none"
	}
	return "invalid"
}
