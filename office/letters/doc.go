// Package letters is the desk of letters: what leaves the office on paper with a number, from the decision of admission
// to the balance of a month. Tables: letters, letter_drafts, letter_numbers, letter_offices. Calls casework, residence,
// person, centre and monitoring for the facts; a letter says nothing that is not on record there or typed by who wrote
// it. Law: Permensos 16/2019 (articles as in law/), Permensos 15/2025 Pasal 1 angka 7; form, margins and numbers are settings.
package letters
