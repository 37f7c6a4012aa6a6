package who

// The rights. A role is a set of them (office/access); an act of a desk asks for one.
const (
	Anyone   Right = "anyone"    // everybody, signed in or not: the public page
	SignedIn Right = "signed-in" // every user and token

	SeePerson      Right = "person.see"
	EnterPerson    Right = "person.enter"
	ChangePerson   Right = "person.change"
	SeeRestricted  Right = "person.restricted" // see those marked as restricted, and set the mark
	SeeIdentity    Right = "person.identity"   // NIK and other numbers unmasked
	SeeHealth      Right = "person.health"
	SeeCase        Right = "case.see"
	OpenCase       Right = "case.open"
	WorkCase       Right = "case.work"         // criteria, assessment, plan, checklist, termination, aftercare
	SignAssessment Right = "case.sign"         // Pekerja Sosial with a certificate
	ApproveCase    Right = "case.approve"      // decision letter, plan approval
	WaiveRule      Right = "case.waive"        // waivers on record
	GiveService    Right = "service.give"      // record a service, a note, an attachment
	SeeNotes       Right = "note.confidential" // read confidential notes that others wrote
	PrepareLetter  Right = "letter.prepare"    // write a letter for the head to sign
	IssueLetter    Right = "letter.issue"      // sign a letter: it gets its number; annul it
	SeeBeds        Right = "bed.see"
	PlaceStay      Right = "stay.place" // reserve and place
	ManageBeds     Right = "bed.manage"
	SeeCentre      Right = "centre.see"
	ManageCentre   Right = "centre.manage"
	SeeFigures     Right = "figure.see"  // the figures, as numbers
	SeeRecords     Right = "figure.open" // the persons behind a figure, within scope
	Import         Right = "import"
	Export         Right = "export"
	ManageUsers    Right = "user.manage"
	SeeSystem      Right = "system.see"       // metrics, health, assumed law facts
	SeeTrail       Right = "trail.see"        // the audit trail and the ledger
	OpenEmergency  Right = "emergency.open"   // open the file of a person outside one's scope in an emergency
	ReviewOpening  Right = "emergency.review" // judge whether that was right
	SendReferral   Right = "referral.send"    // refer a case to an agency or another centre
	ManageAgency   Right = "agency.manage"    // the directory of agencies and services, and their links

	ManageStandards Right = "standards.manage" // bring in standards, open and close campaigns
	AssessStandards Right = "standards.assess" // answer for an institution
	VerifyStandards Right = "standards.verify" // the province's own look at the answers

	ProposeNeed   Right = "need.propose"   // report problems of an institution and propose what it needs
	DecideNeed    Right = "need.decide"    // review, approve and budget needs, join them, make plans under a ceiling
	RunAction     Right = "action.run"     // write actions down, report on them, postpone them
	HoldMeeting   Right = "meeting.hold"   // call coordination meetings, keep their minutes, take decisions
	DevelopStaff  Right = "staff.develop"  // trainings, who takes part, and what came of them
	KeepFigures   Right = "figure.keep"    // figures of the office's own, their rules, and targets
	OpenFigures   Right = "data.release"   // release open figures, and set from which count on they are shown
	CloseMonth    Right = "month.close"    // close a month of an institution with the figures it reports; its survey of satisfaction
	KeepSPM       Right = "spm.keep"       // what is collected, there and reported for the SPM
	SignAgreement Right = "agreement.sign" // sign performance agreements, each the own part

	SeeReport    Right = "report.see"    // what people report, as far as it was handed on to the asker
	HandleReport Right = "report.handle" // judge it, hand it on, answer it
	SeeSealed    Right = "report.abuse"  // reports on abuse in an institution: of the province alone, whatever a role of an institution holds

	WriteNews   Right = "news.write"       // write articles of the public site, and take them down
	PublishNews Right = "news.publish"     // review, approve and publish them: the province's editors
	Moderate    Right = "comment.moderate" // read comments before they are shown, refuse and answer them

	SeePotential   Right = "potential.see"   // what the community can give, and what institutions ask for
	WritePotential Right = "potential.write" // keep the register, ask for help, take promises and say what became of them
)

// AllRights is every right: held by nobody but the demo's user demo-api.
var AllRights = []Right{SeePerson, EnterPerson, ChangePerson, SeeRestricted, SeeIdentity, SeeHealth, SeeCase, OpenCase, WorkCase,
	SignAssessment, ApproveCase, WaiveRule, GiveService, SeeNotes, PrepareLetter, IssueLetter, SeeBeds, PlaceStay, ManageBeds, SeeCentre, ManageCentre,
	SeeFigures, SeeRecords, Import, Export, ManageUsers, SeeSystem, SeeTrail, OpenEmergency, ReviewOpening, SendReferral, ManageAgency,
	ManageStandards, AssessStandards, VerifyStandards, ProposeNeed, DecideNeed, RunAction, HoldMeeting, DevelopStaff, KeepFigures, CloseMonth, OpenFigures, KeepSPM, SignAgreement, SeeReport, HandleReport, SeeSealed,
	WriteNews, PublishNews, Moderate,
	SeePotential, WritePotential}
