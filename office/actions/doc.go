// Package actions is the desk of agreed actions: who does what until when, how one sees that it is done, which gaps of
// the standard it closes, and every step on the way. What was put off twice cannot be put off again by a mere new date.
//
// Owns the tables actions, action_gaps, action_steps and action_files. Calls standards (gaps), coordination (agencies and
// their inbox), monitoring (figures) and centre. Law: Permensos 16/2019 Pasal 52 (what was found leads to plans);
// the rule of the third postponement is the office's.
package actions
