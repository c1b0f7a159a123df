package contract_test

import (
	"fmt"
	"time"

	"github.com/qihe-volunteers/qihe/shared/contract/hoursv1"
	"github.com/qihe-volunteers/qihe/shared/contract/pairingsv1"
	"github.com/qihe-volunteers/qihe/shared/contract/tasksv1"
	"github.com/qihe-volunteers/qihe/shared/contract/teamsv1"
)

// examples are what stands in released, as values: the first of a subject is 1.event,
// the second 2.event. One that a release has told is never changed; an event that gets a field gets
// another example, at the end of its own, in which the field says something.
var examples = []event{
	// hours
	hoursv1.EntryPosted{
		EntryID: id(1), VolunteerID: id(2), TeamID: id(3), ProgrammeID: id(4), Minutes: -95, Kind: "reversal", Verification: "B", SourceID: id(5),
		RecordedAt: at(9),
	},
	hoursv1.CreditHeld{CreditID: id(1), VolunteerID: id(2), TeamID: id(3), SourceID: id(4), Minutes: 95, Against: id(5), HeldAt: at(9)},
	hoursv1.EntryCorrected{EntryID: id(1), CorrectionID: id(2), VolunteerID: id(3), Minutes: 95, DecidedBy: id(6), DecidedAt: at(9)},
	hoursv1.EntryCorrected{
		EntryID: id(1), CorrectionID: id(2), VolunteerID: id(3), AttendanceID: id(4), NewEntryID: id(5), Minutes: 95, DecidedBy: id(6),
		DecidedAt: at(9),
	},
	hoursv1.TotalsCounted{
		Period: "month:2026-11", Region: "410621", Name: "浚县", Minutes: 11550, Services: 96, People: 41, Teams: 7, CountedAt: at(9), Version: 1795770000000,
	},
	hoursv1.TotalsCounted{Period: "year:2026", Region: "410622", Name: "淇县", Hidden: true, CountedAt: at(9), Version: 1795770000000},
	hoursv1.TotalsCounted{Period: "all", Region: "4106", Name: "鹤壁市", City: true, Minutes: 60, Services: 5, People: 5, Teams: 1, CountedAt: at(9), Version: 1795770000000},
	hoursv1.NoticeDue{
		NoticeID: id(1), Kind: hoursv1.NoticeCorrectionAccepted, VolunteerID: id(2), SubjectKind: "correction", SubjectID: id(3),
		Words: map[string]string{"minutes": "60", "task": "淇河岸边捡垃圾"}, DueAt: at(9),
	},
	// pairings
	pairingsv1.ContactConfirmed{
		Reference: id(1), TeamID: id(2), RegionPath: "4106/410621/410621100/", ReportingUnit: "410621100", ProgrammeID: id(3), VolunteerID: id(4),
		Verification: "B", From: at(9), To: at(10), Minutes: 95, ConfirmedBy: id(5), ConfirmedAt: at(11),
	},
	pairingsv1.ContactConfirmed{
		Reference: id(1), Line: "aid", TeamID: id(2), RegionPath: "4106/410621/410621100/", ReportingUnit: "410621100", ProgrammeID: id(3),
		VolunteerID: id(4), Verification: "B", From: at(9), To: at(10), Minutes: 95, ConfirmedBy: id(5), ConfirmedAt: at(11),
	},
	pairingsv1.CompanionChanged{VolunteerID: id(1), State: "approved", Version: 3},
	pairingsv1.NoticeDue{
		NoticeID: id(1), Kind: pairingsv1.NoticeContactCounted, VolunteerID: id(2), SubjectKind: "pairing", SubjectID: id(3),
		Words: map[string]string{"minutes": "60", "task": "淇河岸边捡垃圾"}, DueAt: at(9),
	},
	// tasks
	tasksv1.ProgrammeChanged{ProgrammeID: id(1), Name: "保护淇河", Version: 3},
	tasksv1.ProgrammeChanged{ProgrammeID: id(1), Name: "保护淇河", Retired: true, Version: 3},
	tasksv1.TaskPublished{TaskID: id(1), TeamID: id(2), ProgrammeID: id(3), Title: "淇河岸边捡垃圾", PublishedAt: at(9), Version: 3},
	tasksv1.TaskPublished{TaskID: id(1), TeamID: id(2), ProgrammeID: id(3), Title: "淇河岸边捡垃圾", PublishedAt: at(9), PublishedBy: id(4), Version: 3},
	tasksv1.SignUpChanged{SignUpID: id(1), ShiftID: id(2), VolunteerID: id(3), State: "waitlisted", Version: 3},
	tasksv1.AttendanceChanged{AttendanceID: id(1), ShiftID: id(2), VolunteerID: id(3), State: "closed", At: at(9), Version: 3},
	tasksv1.AttendanceConfirmed{
		AttendanceID: id(1), ShiftID: id(2), TaskID: id(3), TaskTitle: "淇河岸边捡垃圾", TeamID: id(4), RegionPath: "4106/410621/410621100/",
		ReportingUnit: "410621100", ProgrammeID: id(5), VolunteerID: id(6), Verification: "B", From: at(9), To: at(10), Minutes: 95,
		ConfirmedBy: id(7), ConfirmedAt: at(11), Version: 3,
	},
	tasksv1.AttendanceConfirmed{
		AttendanceID: id(1), ShiftID: id(2), TaskID: id(3), TaskTitle: "淇河岸边捡垃圾", TeamID: id(4), RegionPath: "4106/410621/410621100/",
		ReportingUnit: "410621100", ProgrammeID: id(5), Kind: "training", VolunteerID: id(6), Verification: "B", From: at(9), To: at(10),
		Minutes: 95, ConfirmedBy: id(7), ConfirmedAt: at(11), Version: 3,
	},
	tasksv1.ShiftConfirmed{ShiftID: id(1), TaskID: id(2), TeamID: id(3), PeopleServed: 12, Confirmed: 9, Rejected: 2, ConfirmedAt: at(9), Version: 3},
	tasksv1.ShiftConfirmed{
		ShiftID: id(1), TaskID: id(2), TeamID: id(3), Kind: "training", PeopleServed: 12, Confirmed: 9, Rejected: 2, ConfirmedAt: at(9),
		TaskTitle: "淇河岸边捡垃圾", ProgrammeID: id(4), RegionPath: "4106/410621/410621100/", ReportingUnit: "410621100", StartsAt: at(10), Version: 3,
	},
	tasksv1.AnomalyDecided{
		AnomalyID: id(1), Rule: "travel", State: "upheld", VolunteerID: id(2), AttendanceIDs: []string{id(3), id(4)}, DecidedBy: id(5),
		DecidedAt: at(9), Version: 3,
	},
	tasksv1.NoticeDue{
		NoticeID: id(1), Kind: tasksv1.NoticeTaskChanged, VolunteerID: id(2), ShiftID: id(3),
		Words: map[string]string{"minutes": "60", "task": "淇河岸边捡垃圾"}, DueAt: at(9),
	},
	tasksv1.ShiftChanged{ShiftID: id(1), TaskID: id(2), State: "paused", StartsAt: at(9), EndsAt: at(10), Capacity: 20, Version: 3},
	tasksv1.TrainingCompleted{
		CertificateID: id(1), Number: "HBPX-2026-0000012-7", TaskID: id(2), TaskTitle: "淇河岸边捡垃圾", TeamID: id(3), VolunteerID: id(4), Sessions: 4,
		Minutes: 95, CompletedOn: "2026-11-25", CompletedAt: at(9),
	},
	tasksv1.TrainingCompleted{
		CertificateID: id(1), Number: "HBPX-2026-0000012-7", TaskID: id(2), TaskTitle: "淇河岸边捡垃圾", TeamID: id(3), VolunteerID: id(4), Sessions: 4,
		Minutes: 95, CompletedOn: "2026-11-25", Grants: "first_aid", Months: 24, GrantedBy: id(5), CompletedAt: at(9),
	},
	// teams
	teamsv1.RegionChanged{Code: "410621100201", Name: "西长村", Path: "4106/410621/410621100/410621100201/", Level: "village", Version: 3},
	teamsv1.RegionChanged{
		Code: "410621100201", Name: "西长村", Path: "4106/410621/410621100/410621100201/", Level: "village", MergedInto: "410621101", Version: 3,
	},
	teamsv1.TeamChanged{
		TeamID: id(1), Name: "桥盟巾帼队", RegionCode: "410621100", RegionPath: "4106/410621/410621100/", ReportingUnit: "410621100",
		State: "dissolved", Version: 3,
	},
	teamsv1.TeamChanged{
		TeamID: id(1), Name: "桥盟巾帼队", RegionCode: "410621100201", RegionPath: "4106/410621/410621100/410621100201/", ReportingUnit: "410621100",
		State: "dissolved", SuccessorID: id(2), FoundedAt: at(9), StateSince: at(10), Version: 3,
	},
	teamsv1.TeamHandedOver{TeamID: id(1), To: id(3), At: at(9), Version: 3},
	teamsv1.TeamHandedOver{TeamID: id(1), From: id(2), To: id(3), At: at(9), Version: 3},
	teamsv1.MembershipChanged{MembershipID: id(1), TeamID: id(2), VolunteerID: id(3), Role: "deputy", State: "active", Version: 3},
	teamsv1.VolunteerChanged{VolunteerID: id(1), Minor: true, RankConsent: true, WaitsForGuardian: true, Version: 3},
	teamsv1.VolunteerChanged{VolunteerID: id(1), BoardConsent: true, RankConsent: true, Erased: true, Version: 4},
	teamsv1.VolunteerChanged{VolunteerID: id(1), LocationConsent: true, WaitsForGuardian: true, Erased: true, MergedInto: id(2), Version: 5},
	teamsv1.SessionRevoked{SessionID: id(1), VolunteerID: id(2), RevokedAt: at(9), Version: 3},
	teamsv1.SessionChanged{SessionID: id(1), VolunteerID: id(2), Version: 3},
	teamsv1.GrantChanged{GrantID: id(1), VolunteerID: id(2), Role: "coordinator", RegionPath: "4106/410621/410621100/", State: "active", Version: 3},
	teamsv1.GrantChanged{
		GrantID: id(1), VolunteerID: id(2), Role: "coordinator", RegionPath: "4106/410621/410621100/", State: "active", From: at(9), Until: at(10),
		Version: 3,
	},
	teamsv1.OfficeChanged{
		OfficeID: id(1), Kind: "home", Name: "桥盟街道妇女之家", RegionCode: "410621100", RegionPath: "4106/410621/410621100/", Address: "卫溪街道黄河路 1 号",
		IsVenue: true, State: "open", Version: 3,
	},
	teamsv1.OfficeChanged{
		OfficeID: id(1), Kind: "home", Name: "桥盟街道妇女之家", RegionCode: "410621100", RegionPath: "4106/410621/410621100/", Address: "卫溪街道黄河路 1 号",
		Demonstration: "province", IsVenue: true, Latitude: 35.6742, Longitude: 114.5501, State: "open", Version: 3,
	},
	teamsv1.QualificationChanged{QualificationID: id(1), VolunteerID: id(2), Kind: "lawyer", State: "confirmed", From: at(9), Version: 3},
	teamsv1.QualificationChanged{QualificationID: id(1), VolunteerID: id(2), Kind: "lawyer", State: "confirmed", From: at(9), Until: at(10), Version: 3},
	teamsv1.ComplaintUpheld{ComplaintID: id(1), VolunteerID: id(2), DecidedAt: at(9), Version: 3},
}

// id is the nth of an event's ids.
func id(n int) string { return fmt.Sprintf("01900000-0000-7000-8000-%012d", n) }

// at is an hour of a day, with the fractions of a second that PostgreSQL keeps.
func at(hour int) time.Time {
	return time.Date(2026, time.November, 26, hour, 30, 15, 120_000_000, time.UTC)
}
