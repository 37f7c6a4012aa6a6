// Package planning is the desk of plans under a ceiling: given an amount of money, it proposes the set of actions that
// closes the most weighted gap, and says how good the set is; and it tells what an institution gained from one
// self-assessment to the next, because of what, and at what price.
//
// Owns the tables action_plans and action_choices. Calls actions, needs (what an action costs), standards (gaps and their
// weight) and centre.
// Law: Permensos 16/2019 Pasal 52 (evaluation serves planning and budget); PP 2/2018 Pasal 14 (the need enters planning
// and budget documents).
package planning
