// Package house is the building: walls and wiring that know no desk. It holds no code itself; its tests
// are the house rules, each of which fails with a sentence that says what to do.
//
//  1. Arrows: a package imports only what arrows_test.go lists for it; a new arrow needs a line there
//     and a decision record.
//  2. Rooms: SQL lies in store*.go, pages and wire shapes in pages*.go and api*.go; HTTP is spoken in
//     house/web, database/sql in house/store.
//  3. Tables: a desk writes its own tables only, and reads those of the desks it imports.
//  4. Scope: every statement passes the check of house/store when the program starts.
//  5. Acts: every way to the data names an act.
//  6. Words: every Indonesian sentence has its English, and no English lost its sentence.
//
// Beside these the tests see that the repository speaks of the product alone.
package house
