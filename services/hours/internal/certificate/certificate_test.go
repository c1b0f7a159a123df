package certificate

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"io"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"

	"github.com/qihe-volunteers/qihe/shared/paper"
)

// example is a certificate with everything on it.
func example() Certificate {
	return Certificate{
		Name: "李𬭚", IDKind: "居民身份证", IDNumber: "4106************29", VolunteerNumber: "HB1800004309",
		Minutes: 750, Times: 5, First: "2026-03-08", Last: "2026-11-21",
		Activities: []Activity{
			{"2026-03-08", "三八维权宣传", "桂鹤社区巾帼志愿服务队", 120}, {"2026-04-12", "淇河岸边捡拾垃圾", "桂鹤社区巾帼志愿服务队", 150},
			{"2026-06-01", "六一圆梦行动", "桂鹤社区巾帼志愿服务队", 180}, {"2026-11-21", "家政技能进社区", "善堂镇巾帼志愿服务队", 300},
		},
		Programmes: []Sum{{"保护淇河", 3, 450}, {"巾帼维权", 2, 300}},
		Issuer:     "鹤壁市淇滨区妇女联合会", InCharge: "王秀英", Handler: "王𫖯", Contact: "0392-3316117",
		Number: "ZM410611-2026-00012", IssuedOn: "2026-11-26", SettledOn: "2026-11-26", Note: "研究生复试",
		Code: "7K3M-9QW2-RT5HX", Link: "https://qihe.example/v/7K3M9QW2RT5HX", Site: "qihe.example/v",
		Position: "账本 112,839 行 · 检查点 112,837 · 3F9A 77C1 0B2E D410",
	}
}

func TestPDF(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(*Certificate){
		"a few activities, each by itself": func(*Certificate) {},
		"where nobody knows the address":   func(c *Certificate) { c.Link, c.Site = "", "" },
		"as long as everything can be": func(c *Certificate) {
			c.Name, c.Issuer, c.Contact = strings.Repeat("古丽娜尔·", 6), strings.Repeat("鹤壁市", 12), strings.Repeat("0392-3316117 ", 5)
			c.Activities, c.Note = nil, strings.Repeat("用途", 20)
			for i := range 30 {
				c.Programmes = append(c.Programmes, Sum{strings.Repeat("三城联创巾帼在行动", 3) + fmt.Sprint(i), 1000, 60001})
			}
		},
		"a name of which the font has nothing": func(c *Certificate) { c.Name = "\U00020BB7\U0002B820\U0010FFFD" },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := example()
			change(&c)
			data, err := PDF(c)
			if err != nil {
				t.Fatalf("%v. Type: make font", err)
			}
			if !bytes.HasPrefix(data, []byte("%PDF-")) || bytes.Count(data, []byte("/Type /Page\n")) > 1 {
				t.Errorf("%d bytes are not a page", len(data))
			}
			if folder := os.Getenv("QIHE_PICTURES"); folder != "" { // for a person to look at
				if err := os.WriteFile(folder+"/certificate-"+strings.ReplaceAll(name, " ", "-")+".pdf", data, 0o600); err != nil {
					t.Fatal(err)
				}
			}
			if c.Link == "" {
				return
			}
			if got := readQR(t, data); got != c.Link {
				t.Errorf("the code on the page says %q, want %q", got, c.Link)
			}
		})
	}
	t.Run("rare characters of names have pictures", func(t *testing.T) {
		t.Parallel()
		box := example()
		box.Name = "李□"
		for _, rare := range []string{"𬭚", "𫖯", "〇", "㑇"} {
			c := box
			c.Name = "李" + rare
			with, _ := PDF(c)
			without, err := PDF(box)
			if err != nil || drawn(with) == drawn(without) {
				t.Errorf("%s is drawn as a box: %v", rare, err)
			}
		}
	})
	for minutes, want := range map[int]string{45: "45分钟", 120: "2小时", 135: "2小时15分钟"} {
		if got := spell(minutes); got != want {
			t.Errorf("%d minutes are %s, want %s", minutes, got, want)
		}
	}
}

var (
	stream    = regexp.MustCompile(`(?s)stream\r?\n(.*?)\r?\nendstream`)
	statement = regexp.MustCompile(`([\d.]+) ([\d.]+) ([\d.]+) rg|([\d.]+) ([\d.]+) m ([\d.]+) ([\d.]+) l ([\d.]+) ([\d.]+) l`)
)

// readQR draws the boxes of the page as a printer would, at 300 dots an inch, and
// reads the code as a phone would.
func readQR(t *testing.T, pdf []byte) string {
	t.Helper()
	const dots = 300.0 / 72
	const point = 25.4 / 72
	high := paper.A4Height / point // of the page; PDF counts from below
	sheet := image.NewGray(image.Rect(0, 0, 2480, 3508))
	draw.Draw(sheet, sheet.Bounds(), image.White, image.Point{}, draw.Src)
	fill := color.Gray{}
	for _, one := range statement.FindAllStringSubmatch(drawn(pdf), -1) {
		if one[1] != "" {
			var r, g, b float64
			_, _ = fmt.Sscan(one[1]+" "+one[2]+" "+one[3], &r, &g, &b)
			fill = color.Gray{Y: uint8((r + g + b) / 3 * 255)}
			continue
		}
		var x0, y0, x1, y1 float64
		_, _ = fmt.Sscan(one[4]+" "+one[5]+" "+one[8]+" "+one[9], &x0, &y0, &x1, &y1)
		box := image.Rect(int(x0*dots+.5), int((high-y0)*dots+.5), int(x1*dots+.5), int((high-y1)*dots+.5))
		draw.Draw(sheet, box, image.NewUniform(fill), image.Point{}, draw.Src)
	}
	bitmap, err := gozxing.NewBinaryBitmapFromImage(sheet)
	if err != nil {
		t.Fatal(err)
	}
	result, err := qrcode.NewQRCodeReader().Decode(bitmap, map[gozxing.DecodeHintType]any{gozxing.DecodeHintType_TRY_HARDER: true})
	if err != nil {
		t.Fatalf("no code can be read from the page: %v", err)
	}
	return result.GetText()
}

// drawn returns what the page draws, in the words of PDF.
func drawn(pdf []byte) string {
	var words strings.Builder
	for _, found := range stream.FindAllSubmatch(pdf, -1) {
		r, err := zlib.NewReader(bytes.NewReader(found[1]))
		if err != nil {
			continue // a font
		}
		if text, _ := io.ReadAll(r); bytes.Contains(text, []byte(" rg")) {
			words.Write(text)
		}
	}
	return words.String()
}
