package participation

import (
	"context"
	"crypto/rand"
	"encoding/hex"

	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
)

// Complaint is what somebody wrote elsewhere that goes on as a report: under an article.
type Complaint struct {
	Category, Description, Region, Place string
	About                                id.ID // the institution it is about; 0: none
}

// OnBehalf is somebody of the office who files a report for a reporter: it is written down in their name, and they see no
// more of reports than before, for the act that files is not one that looks.
func OnBehalf(by who.Asker) who.Asker {
	r := Reporter()
	by.Rights, by.Scope = r.Rights, r.Scope // the rest stays: a request that is sent again is answered again
	return by
}

// Complain files a report within the transaction of another desk, whose asker is OnBehalf of somebody. Nobody holds its code
// until Adopt gives one. It tells whether the report is sealed: about abuse, and shown to nobody of an institution.
func (d *Desk) Complain(tx *store.Tx, in Complaint) (report id.ID, sealed bool, err error) {
	f := Draft{Danger: "unknown"}
	f.What.Category, f.What.Description = in.Category, in.Description
	f.Where.Region, f.Where.Place, f.Where.About = in.Region, in.Place, in.About
	f.Contact.Contact = Anonymous
	r := reportOf(f, "comment", tx.Now())
	_, err = d.file(tx, r, codeOf(unheld()), func() error { return nil })
	return r.ID, r.Sealed, err
}

var adoptReport = store.NewSystemAct("report.adopt", who.Anyone)

// Adopt gives the report that a complaint became to whoever holds a code: from then on it opens the report at /lacak. The
// caller has seen that the code is that of the complaint's writer.
func (d *Desk) Adopt(ctx context.Context, report id.ID, code string) (number string, err error) {
	err = d.store.Write(ctx, Reporter(), adoptReport, func(tx *store.Tx) error {
		r, err := byID(tx, report)
		if err != nil {
			return err
		}
		number = r.Number
		tx.Record(r.entry("Laporan %s dibuka dengan kode penulisnya.", nil))
		_, err = store.Exec(tx, adopted, hashOf(r.Number, id.Plain(code)), r.ID)
		return err
	})
	return number, err
}

// unheld is a secret that nobody has.
func unheld() string {
	b := make([]byte, 32)
	_, _ = rand.Read(b) // never fails: it ends the program instead
	return hex.EncodeToString(b)
}

// CodeOf gives the code that belongs to a secret of a browser.
func CodeOf(secret string) string { return codeOf(secret) }
