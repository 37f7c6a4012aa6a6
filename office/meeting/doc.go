// Package meeting is the desk of coordination meetings (rakor): the call with its invitation, an agenda that proposes
// itself from what waits elsewhere, who came, the minutes, decisions that become actions in the same moment, approval
// that freezes the minutes, and how agencies keep what was decided.
//
// Owns the tables meetings, meeting_invitees, meeting_items and meeting_addenda. Calls actions (decisions), standards and
// coordination (what presses; letters), and centre. Law: none; its numbers are the office's.
package meeting
