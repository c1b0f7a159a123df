package form

import (
	"strings"

	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
)

// Placeholder is what somebody wrote into a cell to say what it is to show:
// {{服务时长}}, or with filters {{服务时长|项目=保护淇河|区划=浚县|本年累计}}. Names are
// resolved by whoever knows them.
type Placeholder struct {
	At                        At
	Text                      domain.FormText
	Indicator                 string // code
	Programme, Region, Unit   string // names
	Verification, Span, Wrong string // Wrong: what of it is not understood
}

// Placeholders returns what is written into the cells of the workbook.
func (b *Book) Placeholders() ([]Placeholder, error) {
	var found []Placeholder
	for _, name := range b.file.GetSheetList() {
		s, err := b.sheet(name)
		if err != nil {
			return nil, err
		}
		for _, row := range s.Rows {
			for _, cell := range row {
				text := strings.TrimSpace(cell.Text)
				if inner, ok := strings.CutPrefix(text, "{{"); ok && strings.HasSuffix(inner, "}}") {
					found = append(found, read(At{name, cell.At}, strings.TrimSuffix(inner, "}}")))
				}
			}
		}
	}
	return found, nil
}

func read(at At, words string) Placeholder {
	p := Placeholder{At: at}
	parts := strings.FieldsFunc(words, func(r rune) bool { return r == '|' || r == '｜' })
	for i, part := range parts {
		part = strings.TrimSpace(part)
		key, value, pair := strings.Cut(strings.ReplaceAll(part, "＝", "="), "=")
		key, value = strings.TrimSpace(key), strings.TrimSpace(value)
		switch {
		case i == 0:
			p.name(part)
		case pair && key == "项目":
			p.Programme = value
		case pair && key == "区划":
			p.Region = value
		case pair && key == "统计单位":
			p.Unit = value
		case pair && key == "核实方式" && proved(value) != "":
			p.Verification = proved(value)
		case pair && key == "月份" && monthSpan(value) != "":
			p.Span = monthSpan(value)
		default:
			span, ok := domain.Spans[part]
			if p.Span = span; !ok {
				p.Wrong = part
			}
		}
	}
	if p.Text == "" && p.Indicator == "" && p.Wrong == "" {
		p.Wrong = words
	}
	return p
}

func (p *Placeholder) name(word string) {
	for text, name := range domain.FormTexts {
		if word == name {
			p.Text = text
			return
		}
	}
	if i, ok := domain.FindIndicator(word); ok {
		p.Indicator = i.Code
		return
	}
	p.Wrong = word
}

func monthSpan(month string) string {
	month = strings.TrimSuffix(month, "月")
	if len(month) == 1 {
		month = "0" + month
	}
	if len(month) != 2 || month < "01" || month > "12" {
		return ""
	}
	return "month:" + month
}

// proved returns the verification that pages call so; "" for none.
func proved(words string) string {
	for verification, called := range domain.ProofWords {
		if called == words {
			return verification
		}
	}
	return ""
}
