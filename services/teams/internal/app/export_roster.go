package app

import (
	"context"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/roster"
	"github.com/qihe-volunteers/qihe/services/teams/internal/store"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/clock"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

var (
	errExportOf      = apperr.New(apperr.Invalid, "export_of_one", "请选一个区划，或者一支服务队。", "Please choose either a division or a team.")
	errPurpose       = apperr.New(apperr.Invalid, "purpose_missing", "请写明导出的用途，至少四个字；不要写人名和电话。", "Please say what the export is for, in four characters or more; name nobody.")
	errPhonesForbids = apperr.New(apperr.Forbidden, "export_phones", "完整手机号只有协调员和管理员可以导出。请去掉这一项。", "Only coordinators and administrators may export whole phone numbers. Please leave them out.")
)

// RosterExport says what somebody wants to take out, and what for.
type RosterExport struct {
	Members    bool // else teams
	CSV        bool // else xlsx
	RegionCode string
	TeamID     string
	Phones     bool // whole numbers; else masked. Identity numbers are masked always.
	Purpose    string
}

// ExportRoster returns a list of teams or members as a file, and its name.
// Leaders export their own team, with masked phones: they have the page to
// call from, and a file goes on and on. Every export is recorded.
func (a *App) ExportRoster(ctx context.Context, e RosterExport) ([]byte, string, error) {
	if (e.RegionCode == "") == (e.TeamID == "") {
		return nil, "", apperr.For("region", errExportOf)
	}
	e.Purpose = strings.TrimSpace(e.Purpose)
	if utf8.RuneCountInString(e.Purpose) < 4 {
		return nil, "", apperr.For("purpose", errPurpose)
	}
	p, err := auth.From(ctx)
	if err != nil {
		return nil, "", err
	}
	var list roster.Export
	err = a.db.InTx(ctx, func(q postgres.Querier) error {
		path, name, subject, err := a.exportScope(ctx, q, p, e)
		if err != nil {
			return err
		}
		if list, err = a.exportLines(ctx, q, path, e); err != nil {
			return err
		}
		list.Footer = []string{fmt.Sprintf("%s，共 %d 行，导出于 %s，用途：%s", name, len(list.Rows), clock.Minute(a.clock.Now()), e.Purpose),
			"含个人信息，请妥善保管，用完即删；导出已记录。仅供激励，不作考核依据。"}
		record := domain.NewRecord(p.VolunteerID, "roster.exported", subject[0], subject[1], a.clock.Now())
		return store.InsertRecord(ctx, q, record.Because(fmt.Sprintf("%s; rows %d; members %t; phones %t", e.Purpose, len(list.Rows), e.Members, e.Phones)))
	})
	if err != nil {
		return nil, "", err
	}
	name := list.Name + a.clock.Now().In(clock.City).Format("-20060102")
	if e.CSV {
		data, err := list.WriteCSV()
		return data, name + ".csv", err
	}
	data, err := list.WriteXLSX()
	return data, name + ".xlsx", err
}

// exportScope returns the path of the division, empty for a team's export,
// what it is called, and what the record is about.
func (a *App) exportScope(ctx context.Context, q postgres.Querier, p auth.Principal, e RosterExport) (path, name string, subject [2]string, err error) {
	if e.TeamID != "" {
		team, err := a.teamFor(ctx, q, exportRoster, e.TeamID)
		if err == nil && e.Phones && !p.Holds("coordinator", team.RegionPath) && !p.Holds("administrator", team.RegionPath) {
			err = errPhonesForbids
		}
		return "", team.Name, [2]string{"team", team.ID}, err
	}
	region, err := a.regionFor(ctx, q, exportRoster, e.RegionCode)
	return region.Path, region.Name, [2]string{"region", region.Code}, err
}

func (a *App) exportLines(ctx context.Context, q postgres.Querier, path string, e RosterExport) (roster.Export, error) {
	if e.Members {
		return a.exportMembers(ctx, q, path, e)
	}
	list := roster.Export{Name: "服务队", Header: []string{"服务队名称", "区划", "统计单位", "类别", "状态", "成立时间", "队长", "登记队员", "名册人数"}}
	teams, err := store.ListExportedTeams(ctx, q, path, e.TeamID)
	for _, t := range teams {
		list.Rows = append(list.Rows, []any{t.Name, t.RegionName, t.ReportingUnit, t.Category, stateWords[t.State],
			t.FoundedAt.In(clock.City).Format("2006-01-02"), t.Leader, t.Members, t.Headcount})
	}
	return list, err
}

func (a *App) exportMembers(ctx context.Context, q postgres.Querier, path string, e RosterExport) (roster.Export, error) {
	list := roster.Export{Name: "队员", Header: []string{"姓名", "志愿者编号", "性别", "手机号", "身份证号", "职务", "服务队", "区划", "入队时间", "账号"}}
	members, err := store.ListExportedMembers(ctx, q, a.vault, path, e.TeamID)
	for _, m := range members {
		v := m.Volunteer
		phone := v.Phone.Masked()
		if e.Phones {
			phone = string(v.Phone)
		}
		account := "已认领"
		if v.State == domain.VolunteerUnclaimed {
			account = "待认领"
		}
		list.Rows = append(list.Rows, []any{v.Name, v.Number, sexWords[v.Sex], phone, v.IDMasked(), roleWords[m.Role], m.TeamName, m.Region,
			m.Since.In(clock.City).Format("2006-01-02"), account})
	}
	return list, err
}

var (
	stateWords = map[domain.TeamState]string{
		domain.TeamDraft: "草稿", domain.TeamSubmitted: "待审批", domain.TeamActive: "正常", domain.TeamSuspended: "暂停", domain.TeamDissolved: "已解散",
	}
	roleWords = map[domain.Role]string{domain.RoleLeader: "队长", domain.RoleDeputy: "副队长", domain.RoleMember: "队员"}
	sexWords  = map[string]string{"female": "女", "male": "男"}
)
