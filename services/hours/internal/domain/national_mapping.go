package domain

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/clock"
)

// NationalGroup is one of the five groups of records that the national system
// takes (志愿服务记录与证明出具办法 art. 4).
type NationalGroup string

// The groups.
const (
	NationalBasic     NationalGroup = "basic"     // 个人基本信息
	NationalService   NationalGroup = "service"   // 志愿服务情况
	NationalTraining  NationalGroup = "training"  // 培训情况
	NationalHonour    NationalGroup = "honour"    // 表彰奖励情况
	NationalComplaint NationalGroup = "complaint" // 被投诉处理情况
)

// NationalGroups are all of them, in the order of the law and of the file.
var NationalGroups = []NationalGroup{NationalBasic, NationalService, NationalTraining, NationalHonour, NationalComplaint}

// NationalColumn is one column of a sheet: which of our fields stands under
// which heading, and how it is written.
type NationalColumn struct {
	Field    string            `json:"field"` // of NationalFields; empty: the column is left empty
	Heading  string            `json:"heading"`
	Code     string            `json:"code,omitempty"` // the field's code over there, as the city was told it; it is only kept
	Required bool              `json:"required,omitempty"`
	Format   string            `json:"format,omitempty"` // of a day one of DayFormats, of hours the decimals; empty: as usual
	Codes    map[string]string `json:"codes,omitempty"`  // of a field with words: what is written instead of the word
}

// NationalSheet is the sheet of a group.
type NationalSheet struct {
	Group   NationalGroup    `json:"group"`
	Name    string           `json:"name"`
	Columns []NationalColumn `json:"columns"`
}

// NationalMapping is a version of how the five groups are written.
type NationalMapping struct {
	Version int
	Sheets  []NationalSheet // one of each group, in their order
	Source  string          // the template's file name; empty: edited by hand, or shipped
	SetBy   string          // empty: shipped
	SetAt   time.Time
}

// What can be wrong with a mapping.
var (
	ErrMappingSheets   = apperr.New(apperr.Invalid, "mapping_sheets", "五类记录每类要有一张表，顺序不变，表名不能重复，30 字以内。", "There must be one sheet for each of the five groups, in their order, each under a name of its own of 30 characters at most.")
	ErrMappingColumns  = apperr.New(apperr.Invalid, "mapping_columns", "每张表要有 1 到 60 列，列名不能空、不能重复，60 字以内。", "Each sheet has 1 to 60 columns, each under a heading of its own of 60 characters at most.")
	ErrMappingField    = apperr.New(apperr.Invalid, "mapping_field", "这类记录里没有这个字段，或者同一个字段用了两次。", "This group has no such field, or it is used twice.")
	ErrMappingRequired = apperr.New(apperr.Invalid, "mapping_required", "必填的列要选一个字段，不然每一行都不完整。", "A required column needs a field, or no row would ever be complete.")
	ErrMappingFormat   = apperr.New(apperr.Invalid, "mapping_format", "写法不对：日期选列出的一种，小时是 0、1 或 2 位小数，代码只用在有固定选项的字段。", "A day is written in one of the ways that are offered, hours with 0, 1 or 2 decimals, codes are only for fields with fixed words.")
	ErrMappingTaken    = apperr.New(apperr.Conflict, "mapping_taken", "刚刚有人改过映射，请看一遍新的再改。", "Somebody has just changed the mapping; please look at it again.")
)

const mostColumns = 60

// NewNationalMapping returns the version that follows another, or what is wrong with it.
func NewNationalMapping(before int, sheets []NationalSheet, source, by string, now time.Time) (NationalMapping, error) {
	m := NationalMapping{Version: before + 1, Sheets: sheets, Source: source, SetBy: by, SetAt: now}
	names := map[string]bool{}
	for i, s := range sheets {
		if i >= len(NationalGroups) || s.Group != NationalGroups[i] || names[s.Name] || !short(s.Name, 30) || strings.ContainsAny(s.Name, `[]:*?/\'`) {
			return m, apperr.For("sheets", ErrMappingSheets)
		}
		names[s.Name] = true
		if err := s.check(); err != nil {
			return m, apperr.For("sheets", err)
		}
	}
	if len(sheets) != len(NationalGroups) {
		return m, apperr.For("sheets", ErrMappingSheets)
	}
	return m, nil
}

func short(s string, most int) bool {
	n := utf8.RuneCountInString(s)
	return strings.TrimSpace(s) == s && n > 0 && n <= most
}

func (s NationalSheet) check() *apperr.Error {
	if len(s.Columns) == 0 || len(s.Columns) > mostColumns {
		return ErrMappingColumns
	}
	headings, fields := map[string]bool{}, map[string]bool{}
	for _, c := range s.Columns {
		f, known := NationalFieldOf(s.Group, c.Field)
		switch {
		case headings[c.Heading] || !short(c.Heading, 60) || utf8.RuneCountInString(c.Code) > 60:
			return ErrMappingColumns
		case c.Field != "" && (!known || fields[c.Field]):
			return ErrMappingField
		case c.Required && c.Field == "":
			return ErrMappingRequired
		case !f.writes(c):
			return ErrMappingFormat
		}
		headings[c.Heading], fields[c.Field] = true, true
	}
	return nil
}

// Sheet returns that of a group.
func (m NationalMapping) Sheet(g NationalGroup) NationalSheet {
	return m.Sheets[slices.IndexFunc(m.Sheets, func(s NationalSheet) bool { return s.Group == g })]
}

// Fields returns the fields that a sheet writes, in order.
func (s NationalSheet) Fields() []string {
	var fields []string
	for _, c := range s.Columns {
		if c.Field != "" {
			fields = append(fields, c.Field)
		}
	}
	return fields
}

// Writes reports whether a sheet writes a field.
func (s NationalSheet) Writes(field string) bool { return slices.Contains(s.Fields(), field) }

// Lacks returns the first required field without a value, empty for none.
func (s NationalSheet) Lacks(values map[string]string) string {
	for _, c := range s.Columns {
		if c.Required && values[c.Field] == "" {
			return c.Field
		}
	}
	return ""
}

// Requires returns the required fields.
func (s NationalSheet) Requires() []string {
	var fields []string
	for _, c := range s.Columns {
		if c.Required {
			fields = append(fields, c.Field)
		}
	}
	return fields
}

// DayFormats are the ways in which a day can be written, by what the page shows.
var DayFormats = map[string]string{"": "2006-01-02", "yyyy-mm-dd": "2006-01-02", "yyyy/mm/dd": "2006/01/02", "yyyymmdd": "20060102", "yyyy年m月d日": "2006年1月2日"}

func (f NationalField) writes(c NationalColumn) bool {
	_, day := DayFormats[c.Format]
	decimals := c.Format == "" || c.Format == "0" || c.Format == "1" || c.Format == "2"
	switch f.Kind {
	case NationalDay, NationalTime:
		return day && len(c.Codes) == 0
	case NationalHours:
		return decimals && len(c.Codes) == 0
	case NationalWord:
		for word, code := range c.Codes {
			if _, known := f.Words[word]; !known || utf8.RuneCountInString(code) > 20 {
				return false
			}
		}
		return c.Format == ""
	}
	return c.Format == "" && len(c.Codes) == 0
}

// Cell returns what stands in the column for a value: a text, or a number of hours or minutes.
func (c NationalColumn) Cell(g NationalGroup, value string) any {
	f, _ := NationalFieldOf(g, c.Field)
	if value == "" {
		return ""
	}
	switch f.Kind {
	case NationalDay:
		if t, err := time.Parse(time.DateOnly, value); err == nil {
			return t.Format(DayFormats[c.Format])
		}
	case NationalTime:
		if t, err := time.Parse(time.RFC3339, value); err == nil {
			return t.In(clock.City).Format(DayFormats[c.Format] + " 15:04")
		}
	case NationalHours:
		if minutes, err := strconv.Atoi(value); err == nil {
			return c.Hours(minutes)
		}
	case NationalMinutes:
		if minutes, err := strconv.Atoi(value); err == nil {
			return minutes
		}
	case NationalWord:
		if code := c.Codes[value]; code != "" {
			return code
		}
		if word := f.Words[value]; word != "" {
			return word
		}
	}
	return value
}

// Hours returns minutes as hours with as many decimals as the column has, two unless it says so.
func (c NationalColumn) Hours(minutes int) float64 {
	decimals := 2
	if c.Format != "" {
		decimals, _ = strconv.Atoi(c.Format)
	}
	hours, _ := strconv.ParseFloat(fmt.Sprintf("%.*f", decimals, float64(minutes)/60), 64)
	return hours
}
