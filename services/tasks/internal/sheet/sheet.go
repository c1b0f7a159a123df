// Package sheet draws the printed sheet 纸质签到表: a page of A4 for the table
// at the gate. It must be legible in black and white, and the rows high enough
// for a pen in a cold hand.
package sheet

import (
	"fmt"
	"unicode/utf8"

	"github.com/qihe-volunteers/qihe/shared/paper"
)

// Sheet is what stands on it.
type Sheet struct {
	Team, Title, Place, When string
	Code                     string // of this print
	Link                     string // in the QR code: where it is typed in; empty: no QR code
	Printed                  string // when
	Rows                     []Row
}

// Row is a line to sign.
type Row struct {
	Name string // empty: for who comes without a seat
	Code string
}

var (
	ink  = paper.Colour{R: 0x22, G: 0x1E, B: 0x1B}
	grey = paper.Colour{R: 0x5A, G: 0x53, B: 0x4D}
	rule = paper.Colour{R: 0x8A, G: 0x84, B: 0x7E}
	tint = paper.Colour{R: 0xF1, G: 0xEE, B: 0xEA}
)

// The page: margins, the head of the first page and of the others, the height
// of a row, and what the last page needs below the rows.
const (
	left, right   = 15.0, paper.A4Width - 15
	top           = 14.0
	head, further = 50.0, 18.0
	row           = 10.0
	signatures    = 26.0
	bottom        = paper.A4Height - 14
)

// columns are where each begins, and what stands above it.
var columns = []struct {
	x    float64
	name string
}{{left, "序号"}, {27, "姓名"}, {63, "行码"}, {85, "签到时间"}, {111, "签退时间"}, {137, "本人签字"}}

// PDF returns the sheet. It returns paper.ErrNoFont when the program has no letters.
func (s Sheet) PDF() ([]byte, error) {
	doc, err := paper.New("签到表 "+s.Title, paper.A4Width, paper.A4Height)
	if err != nil {
		return nil, err
	}
	pages := s.pages()
	number := 0
	for i, rows := range pages {
		doc.Page()
		y := top + further
		if i == 0 {
			s.drawHead(doc)
			y = top + head
		} else {
			doc.Text(paper.Words{X: left, Y: top + 8, Width: right - left, Size: 11, Least: 8, Colour: ink}, s.Title+" · "+s.When)
		}
		y = drawTable(doc, y, rows, number)
		number += len(rows)
		if i == len(pages)-1 {
			s.drawFoot(doc, y)
		}
		doc.Text(paper.Words{X: left, Y: paper.A4Height - 8, Width: right - left, Size: 8, Align: paper.Centre, Colour: grey},
			fmt.Sprintf("表号 %s · 第 %d / %d 页 · %s 打印", s.Code, i+1, len(pages), s.Printed))
	}
	return doc.Bytes()
}

// pages returns the rows of each page. The signatures stand below the last.
func (s Sheet) pages() [][]Row {
	var pages [][]Row
	rows, high := s.Rows, head
	for {
		room := int((bottom - top - high - row - signatures) / row)
		if len(rows) <= room {
			return append(pages, rows)
		}
		n := min(len(rows), int((bottom-top-high-row)/row))
		if n == len(rows) {
			n-- // the last row goes over, with the signatures
		}
		pages, rows, high = append(pages, rows[:n]), rows[n:], further
	}
}

func (s Sheet) drawHead(doc *paper.Sheet) {
	const side = 34.0 // of the QR code
	wide := right - left
	if s.Link != "" {
		wide -= side + 4
		doc.QR(right-side+3, top-3, side, s.Link)
		doc.Text(paper.Words{X: right - side + 3, Y: top + side, Width: side, Size: 8, Align: paper.Centre, Colour: ink}, "队长扫码录入")
	}
	doc.Text(paper.Words{X: left, Y: top + 7, Width: wide, Size: 20, Bold: true, Colour: ink}, "志愿服务签到表")
	doc.Text(paper.Words{X: left, Y: top + 16, Width: wide, Size: 13, Least: 9, Lines: 2, Bold: true, Colour: ink}, s.Title)
	for i, text := range []string{"队伍：" + s.Team, "时间：" + s.When, "地点：" + s.Place} {
		doc.Text(paper.Words{X: left, Y: top + 29 + float64(i)*6.5, Width: wide, Size: 11, Least: 7, Colour: ink}, text)
	}
	doc.Text(paper.Words{X: left, Y: top + 47.5, Width: right - left, Size: 9, Least: 7, Colour: grey},
		"请本人签字。时间不写，按活动的开始和结束时间算。没报名也来了的，写在后面的空行，姓名写清楚。")
}

// drawTable draws rows below y and returns where they end.
func drawTable(doc *paper.Sheet, y float64, rows []Row, before int) float64 {
	begin := y
	doc.Box(left, y, right-left, row, tint)
	for _, c := range columns {
		doc.Text(paper.Words{X: c.x + 2, Y: y + 6.6, Width: 34, Size: 10, Bold: true, Colour: ink}, c.name)
	}
	y += row
	for i, r := range rows {
		for j, text := range []string{fmt.Sprint(before + i + 1), r.Name, r.Code} {
			words := paper.Words{X: columns[j].x + 2, Y: y + 6.8, Width: columns[j+1].x - columns[j].x - 3, Size: []float64{10, 13, 12}[j], Colour: ink}
			if utf8.RuneCountInString(text) > 7 { // 古丽娜尔·阿不都克里木·买买提
				words.Y, words.Size, words.Least, words.Lines = y+4.4, 8, 6, 2
			}
			doc.Text(words, text)
		}
		doc.Line(left, y, right, y, rule)
		y += row
	}
	doc.Line(left, y, right, y, rule)
	doc.Line(left, begin, right, begin, rule)
	for _, c := range columns {
		doc.Line(c.x, begin, c.x, y, rule)
	}
	doc.Line(right, begin, right, y, rule)
	return y
}

func (s Sheet) drawFoot(doc *paper.Sheet, y float64) {
	doc.Text(paper.Words{X: left, Y: y + 14, Width: 100, Size: 12, Colour: ink}, "队长签字：＿＿＿＿＿＿＿＿＿＿")
	doc.Text(paper.Words{X: 110, Y: y + 14, Width: 85, Size: 12, Colour: ink}, "日期：＿＿＿＿年＿＿月＿＿日")
	doc.Text(paper.Words{X: left, Y: y + 22, Width: right - left, Size: 8, Colour: grey}, "录入后请妥善保管这张表：每一小时都能查到这里。")
}
