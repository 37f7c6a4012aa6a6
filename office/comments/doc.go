// Package comments is the desk of what readers write under articles of the public site: received without an account, held
// until somebody of the office has read it, shown, answered, refused or made a complaint, and exported or erased by the code
// of who wrote it.
//
// Owns the tables comments and comment_keys and the view comment_list. Calls publication for the article, participation for
// a complaint, person for names that the registry bears. Law: UU 27/2022 (a copy of what is kept, and its deletion); the
// promised day, the thirty days of an address's hash and the reasons of a refusal are the office's choices.
package comments
