// Package drafts is the desk of what was typed and not sent yet (rule R2: nothing typed is ever lost).
//
// Tables: drafts. Calls: letters, passage, casework and person for whose a form is, centre for a setting. A draft of a
// form about a case or a person belongs to that case or person at its centre, whoever typed; every other form's is its
// writer's alone. A draft is no fact: no figure counts it, and only the page of the form itself shows what it says.
package drafts
