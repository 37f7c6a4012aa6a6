package main

import (
	"fmt"
	"os"
	"testing"

	"tuntas/try"
	"tuntas/try/browser"
)

// The home of every role opens on a phone, one role in light and the next in dark, within its weight, and so do the pages that only
// some roles have; the long series adds the desk, and both for each.
func TestHomes(t *testing.T) {
	t.Parallel()
	_, url := demoOn(t, "sqlite")
	widths := []int{360}
	if try.Times(0, 1) == 1 || os.Getenv("TUNTAS_SHOTS") != "" {
		widths = append(widths, 1280)
	}
	for nth, account := range demoAccounts {
		if account.Role == "everything" {
			continue
		}
		t.Run(account.Role, func(t *testing.T) {
			t.Parallel()
			for _, width := range widths {
				b := browser.New(t, url, width)
				signInAs(b, account.Login)
				visits := []visit{{"home", "/today", staffBudget}, {"find", "/search?q=a", staffBudget}}
				if account.Role == "admin" || account.Role == "auditor" {
					visits = append(visits, visit{"system", "/system", staffBudget})
				}
				if account.Role == "head_administration" {
					visits = append(visits, visit{"export", "/export", staffBudget}, visit{"import", "/import", staffBudget}, visit{"balance", "/balance", staffBudget})
				}
				for _, v := range visits {
					b.Open(v.path)
					if cost := b.Traffic(); cost.Bytes > v.budget.bytes || cost.Requests > v.budget.requests {
						t.Errorf("%s costs %d requests, %d bytes", v.path, cost.Requests, cost.Bytes)
					}
					switch {
					case len(widths) > 1:
						b.AxeBoth()
					case nth%2 == 0:
						b.Axe()
					default:
						b.Dark()
						b.Axe()
						b.Light()
					}
					b.FitsWidth()
					b.Screenshot(fmt.Sprintf("%s-%s-%d", account.Login, v.name, width))
				}
			}
		})
	}
}
