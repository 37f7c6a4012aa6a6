// Package web is the only room that speaks HTTP. A desk declares routes; each is served at two doors, as
// a page and under /api/v1, by one handler that reads one input, calls one verb and answers in the manner
// of the door.
//
// It keeps nothing itself: sessions lie in office/access, idempotency keys in house/store.
package web
