package coordination

import (
	"slices"

	"tuntas/house/fail"
	"tuntas/house/text"
)

// The states of a referral.
const (
	Prepared  = "prepared"
	Sent      = "sent"
	Received  = "received"
	Asked     = "needs_information"
	Accepted  = "accepted"
	Started   = "started"
	Finished  = "finished"
	Refused   = "refused"
	Rerouted  = "rerouted"
	Withdrawn = "withdrawn"
)

// The deeds that move a referral from state to state.
const (
	doSend     = "send"
	doReceive  = "receive"
	doAccept   = "accept"
	doAsk      = "ask"
	doInform   = "inform"
	doRefuse   = "refuse"
	doStart    = "start"
	doFinish   = "finish"
	doReroute  = "reroute"
	doWithdraw = "withdraw"
)

type move struct {
	from   []string
	to     string
	theirs bool // of the receiver; else of the sender
}

// moves is the whole table: what is not here is illegal.
var moves = map[string]move{
	doSend:     {[]string{Prepared}, Sent, false},
	doReceive:  {[]string{Sent}, Received, true},
	doAccept:   {[]string{Sent, Received, Asked}, Accepted, true},
	doAsk:      {[]string{Sent, Received}, Asked, true},
	doInform:   {[]string{Asked}, Sent, false},
	doRefuse:   {[]string{Sent, Received, Asked, Accepted}, Refused, true},
	doStart:    {[]string{Accepted}, Started, true},
	doFinish:   {[]string{Accepted, Started}, Finished, true},
	doReroute:  {[]string{Sent, Received, Asked, Refused}, Rerouted, false},
	doWithdraw: {[]string{Prepared, Sent, Received, Asked, Accepted}, Withdrawn, false},
}

// waiting are the states in which the receiver owes an answer; open those in which anybody owes anything.
var (
	waiting = []string{Sent, Received, Asked}
	open    = []string{Sent, Received, Asked, Accepted, Started}
)

// May tells whether a deed is possible in the state of the referral.
func (r Referral) May(deed string) bool { return slices.Contains(moves[deed].from, r.State) }

// Waits tells whether the receiver still owes an answer.
func (r Referral) Waits() bool { return slices.Contains(waiting, r.State) }

// Open tells whether anything is still owed.
func (r Referral) Open() bool { return slices.Contains(open, r.State) }

// mayDo holds the table of moves.
func mayDo(r Referral, deed string) error {
	if r.May(deed) {
		return nil
	}
	return fail.Broken("referral-state", "Rujukan ini %s. Langkah itu tidak bisa dari sini.", stateSays[r.State])
}

// stateSays tell of a state inside a sentence.
var stateSays = map[string]text.Word{Prepared: "belum dikirim", Sent: "sudah terkirim dan menunggu jawaban", Received: "sudah dibuka penerima dan menunggu jawaban",
	Asked: "menunggu keterangan dari pengirim", Accepted: "sudah diterima", Started: "sedang dilayani", Finished: "sudah selesai", Refused: "sudah ditolak", Rerouted: "sudah dialihkan", Withdrawn: "sudah ditarik"}

// stateWords are the states as chips say them.
var stateWords = map[string]text.Word{Prepared: "Belum dikirim", Sent: "Terkirim", Received: "Sudah dibuka", Asked: "Butuh keterangan", Accepted: "Diterima", Started: "Sedang dilayani",
	Finished: "Selesai", Refused: "Ditolak", Rerouted: "Dialihkan", Withdrawn: "Ditarik kembali"}

// stateKinds are their colours.
var stateKinds = map[string]string{Prepared: "none", Sent: "info", Received: "info", Asked: "warn", Accepted: "info", Started: "info", Finished: "ok", Refused: "bad", Rerouted: "none", Withdrawn: "none"}
