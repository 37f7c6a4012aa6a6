// Package passage is the desk of the ways between: leave on trial, a family that moves together, a case that passes to
// another centre with both signatures, long stays with their reviews, and the last way of who dies in care.
//
// Owns the tables leaves, leave_contacts, transfers, transfer_members, reviews and deaths.
// Calls casework (the case), residence (beds), person (who) and centre (whom it serves).
// Law: Permensos 16/2019 Pasal 7 (stages), 21 (families), 24 huruf m (pemulasaraan); the rest is our design.
package passage
