// Package notice is the desk of notices: what is new for a user, in the head of every page and on one list; a digest by
// e-mail, one on a working day at most; the ladder of who is told of a referral without an answer; and the own calendar
// of due days as a secret address.
//
// Owns the tables notice_settings and notice_ladder; the notices themselves lie with access, which counts them for the head
// of the page. Calls access, coordination (e-mails, overdue referrals), casework and competence (due days). Desks below leave
// a notice by store.Tx.Notify, desks above by Tell. Law: UU 27/2022 (no name of a person in need in a notice, an e-mail or a
// calendar); how late is late is a setting.
package notice
