package app

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/services/hours/internal/store"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/clock"
	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/workbook"
)

var errTakePurpose = apperr.New(apperr.Invalid, "take_purpose", "请写明导出做什么用，最多 100 个字。", "Please say what the list is for, in 100 characters at most.")

// mostTaken bounds a workbook.
const mostTaken = 20_000

var registerHeader = []string{
	"编号", "状态", "出具日期", "姓名", "志愿者编号", "服务时长（分钟）", "次数", "首次服务", "末次服务", "出具单位", "负责人", "经办人", "失效日期", "原因", "新编号", "查验码",
}

var registerWords = map[string]string{"": "有效", domain.Replaced: "已更换", domain.Revoked: "已撤销"}

// ExportRegister returns a year of the register of a division as a workbook, and
// the file's name. It is for who decides for the division: names are in it. That
// it was taken, and what for, is recorded in the same transaction.
func (a *App) ExportRegister(ctx context.Context, code string, year int, purpose string) (file []byte, name string, err error) {
	region, err := a.authorizeOverview(ctx, code)
	if err != nil {
		return nil, "", err
	}
	who, _ := auth.From(ctx)
	if !who.Decides(region.RegionPath) {
		return nil, "", errNotDeciding
	}
	purpose = strings.Join(strings.Fields(purpose), " ")
	if n := utf8.RuneCountInString(purpose); n == 0 || n > 100 {
		return nil, "", apperr.For("purpose", errTakePurpose)
	}
	var page []Registered
	now := a.clock.Now()
	err = a.db.InTx(ctx, func(q postgres.Querier) error {
		if page, err = a.registered(ctx, q, RegisterQuery{Region: code, Year: year, Limit: mostTaken}); err != nil {
			return err
		}
		return store.InsertTaking(ctx, q, store.Taking{By: who.VolunteerID, At: now, Region: code, Purpose: purpose, Lines: len(page)})
	})
	if err != nil {
		return nil, "", err
	}
	a.nameRegistered(ctx, page)
	about := [][2]string{
		{"范围", region.Name + "及以下"}, {"年度", fmt.Sprint(year)}, {"导出时间", clock.Minute(now)}, {"用途", purpose},
		{"行数", fmt.Sprint(len(page))}, {"说明", "有姓名，请妥善保管。导出已记录。"},
	}
	file, err = writeRegister(page, about)
	return file, fmt.Sprintf("志愿服务记录证明登记簿-%s-%d.xlsx", region.Name, year), err
}

func writeRegister(page []Registered, about [][2]string) ([]byte, error) {
	book, err := workbook.New()
	if err != nil {
		return nil, err
	}
	defer book.Close()
	if err := book.Sheet("登记簿", registerHeader, 24, 8, 12, 12, 16, 10, 8, 12, 12, 28, 12, 12, 12, 30, 24, 18); err != nil {
		return nil, err
	}
	for _, r := range page {
		var end domain.CertificateEnd
		ended := ""
		if r.End != nil {
			end, ended = *r.End, domain.DayOf(r.End.At).String()
		}
		if err := book.Row(r.Number(), registerWords[end.State], domain.DayOf(r.IssuedAt).String(), r.Name, r.VolunteerNumber, r.Minutes, r.Content.Times,
			r.Span.First.String(), r.Span.Last.String(), r.Issuer.Name, r.Issuer.InCharge, r.Handler, ended, end.Reason, end.Successor, domain.SpellCode(r.Code)); err != nil {
			return nil, err
		}
	}
	if err := book.Sheet("说明", []string{"项目", "说明"}, 16, 60); err != nil {
		return nil, err
	}
	for _, line := range about {
		if err := book.Row(line[0], line[1]); err != nil {
			return nil, err
		}
	}
	var out bytes.Buffer
	_, err = book.WriteTo(&out)
	return out.Bytes(), err
}
