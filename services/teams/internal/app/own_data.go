package app

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"time"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/store"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/clock"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// ownPart is a section of what somebody is given about themself, filled.
type ownPart struct {
	store.OwnSection
	Rows [][]string
}

// mostAccesses is how many lines of the audit one file holds.
const mostAccesses = 5000

// ExportMe writes everything that is held about whoever asks (PIPL art. 45):
// as a workbook for people ("xlsx") or as JSON, and returns the file's name.
// It is made on demand, kept nowhere, and recorded.
func (a *App) ExportMe(ctx context.Context, format string, to io.Writer) (string, error) {
	p, err := auth.From(ctx)
	if err != nil {
		return "", err
	}
	now := a.clock.Now()
	var parts []ownPart
	err = a.db.InTx(ctx, func(q postgres.Querier) error {
		if parts, err = a.ownData(ctx, q, p.VolunteerID); err != nil {
			return err
		}
		return store.InsertRecord(ctx, q, domain.NewRecord(p.VolunteerID, "volunteer.exported", "volunteer", p.VolunteerID, now).About(p.VolunteerID).Because(format))
	})
	if err != nil {
		return "", err
	}
	name := "qihe-" + now.In(clock.City).Format("20060102") + "." + format
	if format == "xlsx" {
		return name, writeWorkbook(parts, to)
	}
	return name, writeOwnJSON(parts, now, to)
}

func (a *App) ownData(ctx context.Context, q postgres.Querier, volunteerID string) ([]ownPart, error) {
	profile, err := a.ownProfile(ctx, q, volunteerID)
	if err != nil {
		return nil, err
	}
	parts := []ownPart{profile}
	for _, section := range store.OwnSections {
		rows, err := store.ReadOwnSection(ctx, q, section, volunteerID)
		if err != nil {
			return nil, err
		}
		if section.Name == "qualifications" {
			if err := a.openNumbers(ctx, q, volunteerID, rows); err != nil {
				return nil, err
			}
		}
		parts = append(parts, ownPart{section, rows})
	}
	accesses, err := a.ownAccesses(ctx, q, volunteerID)
	return append(parts, accesses), err
}

// openNumbers puts the numbers of papers, which SQL cannot open, where their ids stand.
func (a *App) openNumbers(ctx context.Context, q postgres.Querier, volunteerID string, rows [][]string) error {
	papers, err := store.LockQualificationsOf(ctx, q, a.vault, volunteerID, volunteerID)
	if err != nil {
		return err
	}
	numbers := map[string]string{}
	for _, f := range papers {
		numbers[f.ID] = f.Number
	}
	for _, row := range rows {
		row[2] = numbers[row[2]]
	}
	return nil
}

func (a *App) ownProfile(ctx context.Context, q postgres.Querier, volunteerID string) (ownPart, error) {
	v, err := store.FindVolunteer(ctx, q, a.vault, volunteerID)
	if err != nil {
		return ownPart{}, err
	}
	region := ""
	if v.RegionCode != "" {
		r, err := store.FindRegion(ctx, q, v.RegionCode)
		if err != nil {
			return ownPart{}, err
		}
		region = r.Name
	}
	part := ownPart{OwnSection: store.OwnSection{Name: "profile", Title: "基本信息", Columns: []store.OwnColumn{
		{Name: "number", Title: "志愿者编号"}, {Name: "name", Title: "姓名"}, {Name: "sex", Title: "性别"}, {Name: "phone", Title: "手机号"},
		{Name: "id_kind", Title: "证件类型"}, {Name: "id_number", Title: "证件号码"}, {Name: "region", Title: "所在地"},
		{Name: "minor", Title: "未成年人"}, {Name: "joined", Title: "登记日期"},
	}}}
	part.Rows = [][]string{{
		v.Number, v.Name, map[string]string{"female": "女", "male": "男"}[v.Sex], string(v.Phone), idKindWords[v.IDKind], v.IDNumber, region,
		map[bool]string{true: "是", false: "否"}[v.MinorAt(a.clock.Now())], cityDate(v.JoinedAt),
	}}
	return part, nil
}

var idKindWords = map[domain.IDKind]string{
	domain.IDResident: "居民身份证", domain.IDHKMacaoTaiwan: "港澳台居民居住证", domain.IDPassport: "护照", domain.IDForeignResident: "外国人永久居留身份证",
}

func (a *App) ownAccesses(ctx context.Context, q postgres.Querier, volunteerID string) (ownPart, error) {
	accesses, err := a.accessesTo(ctx, q, volunteerID, mostAccesses, "")
	part := ownPart{OwnSection: store.OwnSection{Name: "accesses", Title: "谁看过我的资料", Columns: []store.OwnColumn{
		{Name: "at", Title: "时间"}, {Name: "who", Title: "谁"}, {Name: "as", Title: "身份"}, {Name: "what", Title: "做了什么"}, {Name: "reason", Title: "原因"},
	}}}
	for _, one := range accesses {
		as := one.Office.RegionName + one.Team
		part.Rows = append(part.Rows, []string{
			clock.Minute(one.At), one.Actor.Name, as, domain.ActWords(one.Act).Zh, one.Reason,
		})
	}
	return part, err
}

func cityDate(t time.Time) string { return t.In(clock.City).Format(time.DateOnly) }

func writeOwnJSON(parts []ownPart, now time.Time, to io.Writer) error {
	out := map[string]any{"exported_at": now}
	for _, part := range parts {
		rows := make([]map[string]string, len(part.Rows))
		for i, row := range part.Rows {
			rows[i] = map[string]string{}
			for j, column := range part.Columns {
				rows[i][column.Name] = row[j]
			}
		}
		out[part.Name] = rows
	}
	enc := json.NewEncoder(to)
	enc.SetIndent("", "  ")
	if err := enc.Encode(out); err != nil {
		return fmt.Errorf("write own data: %w", err)
	}
	return nil
}
