package access

import (
	"context"

	"tuntas/house/fail"
	"tuntas/house/store"
	"tuntas/house/who"
)

// Role is a named set of rights; a user holds one, in all centres or in some.
type Role struct {
	Key      string
	Name     string // Indonesian, as the office says it
	Province bool   // its scope is the whole province
	Rights   []who.Right
}

var (
	reading  = []who.Right{who.SeePerson, who.SeeCase, who.SeeBeds, who.SeeCentre, who.SeeFigures, who.SeeRecords}
	figures  = []who.Right{who.SeeCentre, who.SeeFigures}
	intake   = []who.Right{who.EnterPerson, who.ChangePerson, who.SeeIdentity, who.OpenCase, who.PlaceStay}
	casework = []who.Right{who.WorkCase, who.SignAssessment, who.GiveService, who.PrepareLetter, who.SeeHealth, who.SendReferral}
)

// Roles are those of the contract. The administrator manages the system and does not read casework.
var Roles = []Role{
	{"head_province", "Kepala Dinas", true, join(reading, []who.Right{who.DecideNeed, who.HoldMeeting, who.SignAgreement, who.OpenFigures, who.SeeReport, who.SeeSealed, who.WriteNews, who.PublishNews, who.Moderate, who.SeePotential})},
	{"head_division", "Kepala Bidang", true, join(reading, []who.Right{who.SeeTrail, who.ReviewOpening, who.ManageAgency, who.ManageStandards, who.VerifyStandards,
		who.DecideNeed, who.RunAction, who.HoldMeeting, who.DevelopStaff, who.KeepFigures, who.OpenFigures, who.KeepSPM, who.SeeReport, who.HandleReport, who.SeeSealed, who.WriteNews, who.PublishNews, who.Moderate, who.SeePotential, who.WritePotential})},
	{"section_head", "Kepala Seksi", true, join(reading, []who.Right{who.ManageAgency, who.ManageStandards, who.VerifyStandards, who.RunAction, who.HoldMeeting, who.DevelopStaff, who.KeepFigures, who.OpenFigures, who.KeepSPM, who.SeeReport, who.HandleReport, who.SeePotential, who.WritePotential})},
	{"head_centre", "Kepala UPT", false, join(reading, intake, []who.Right{who.ApproveCase, who.WaiveRule, who.PrepareLetter, who.IssueLetter, who.SeeNotes, who.SeeRestricted,
		who.SeeHealth, who.ManageBeds, who.ManageCentre, who.Export, who.SeeTrail, who.OpenEmergency, who.ReviewOpening, who.SendReferral, who.AssessStandards, who.ProposeNeed,
		who.RunAction, who.DevelopStaff, who.CloseMonth, who.KeepSPM, who.SignAgreement, who.SeeReport, who.HandleReport, who.WriteNews, who.Moderate, who.SeePotential, who.WritePotential})},
	{"head_administration", "Kepala Subbagian Tata Usaha", false, join(reading, intake,
		[]who.Right{who.PrepareLetter, who.ManageBeds, who.Import, who.Export, who.OpenEmergency, who.AssessStandards, who.ProposeNeed, who.RunAction, who.DevelopStaff, who.CloseMonth, who.KeepSPM, who.SeeReport, who.WriteNews, who.SeePotential, who.WritePotential})},
	{"social_worker", "Pekerja Sosial", false, join(reading, intake, casework, []who.Right{who.OpenEmergency, who.SeeReport, who.HandleReport, who.SeePotential, who.WritePotential})},
	{"carer", "Pengasuh", false, []who.Right{who.SeePerson, who.SeeCase, who.SeeBeds, who.SeeCentre, who.GiveService}},
	{"nurse", "Perawat", false, []who.Right{who.SeePerson, who.SeeCase, who.SeeBeds, who.SeeCentre, who.GiveService, who.SeeHealth, who.OpenEmergency}},
	{"instructor", "Instruktur", false, []who.Right{who.SeePerson, who.SeeCase, who.SeeCentre, who.GiveService, who.SeePotential}},
	{"communications", "Humas", true, join(figures, []who.Right{who.WriteNews, who.PublishNews, who.Moderate})},
	{"auditor", "Pengawas", true, join(reading, []who.Right{who.SeeTrail, who.SeeSystem, who.ReviewOpening, who.SeeReport, who.SeeSealed, who.SeePotential})},
	{"admin", "Administrator", true, []who.Right{who.SeeCentre, who.ManageCentre, who.ManageUsers, who.SeeSystem, who.SeeTrail, who.SeeFigures}},
}

// everything is the role of demo-api, which exists in the demo only.
const everything = "everything"

func join(sets ...[]who.Right) []who.Right {
	var all []who.Right
	for _, s := range sets {
		all = append(all, s...)
	}
	return all
}

// RoleOf finds a role by its key.
func RoleOf(key string) (Role, bool) {
	for _, r := range Roles {
		if r.Key == key {
			return r, true
		}
	}
	if key == everything {
		return Role{everything, "Semua hak (contoh)", true, who.AllRights}, true
	}
	return Role{}, false
}

// Held is the rights of the role as a set, with those that everybody has.
func (r Role) Held() map[who.Right]bool { return r.rights() }

var seeRoles = store.NewAct("role.see", who.ManageUsers)

// RolesFor gives all roles to whoever manages accounts.
func (d *Desk) RolesFor(ctx context.Context, by who.Asker) ([]Role, error) {
	return Roles, d.store.Read(ctx, by, seeRoles, func(*store.Tx) error { return nil })
}

// RoleFor gives one of them.
func (d *Desk) RoleFor(ctx context.Context, by who.Asker, key string) (role Role, err error) {
	err = d.store.Read(ctx, by, seeRoles, func(*store.Tx) error {
		var ok bool
		if role, ok = RoleOf(key); !ok || key == everything {
			return fail.NotFound
		}
		return nil
	})
	return role, err
}

func (r Role) rights() map[who.Right]bool {
	m := map[who.Right]bool{who.Anyone: true, who.SignedIn: true}
	for _, right := range r.Rights {
		m[right] = true
	}
	return m
}
