package province

import (
	"errors"

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
