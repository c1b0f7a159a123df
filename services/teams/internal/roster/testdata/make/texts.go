package main

import (
	"encoding/binary"
	"strings"
	"unicode/utf16"

	"golang.org/x/text/encoding/simplifiedchinese"
)

const csvRoster = "姓名,手机号,身份证号,服务队,区划\n王桂兰,13803920001,,浚县善堂镇巾帼志愿服务队,浚县善堂镇\n李秀英,13803920002,,浚县善堂镇巾帼志愿服务队,浚县善堂镇\n"

// texts are the many things that are called CSV.
func texts(all map[string][]byte) {
	all["utf8.csv"] = []byte(csvRoster)
	all["utf8-with-mark.csv"] = []byte("\ufeff" + strings.ReplaceAll(csvRoster, "\n", "\r\n"))
	gb, err := simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(csvRoster + "𬭚秀芝,13803920003,,浚县善堂镇巾帼志愿服务队,浚县善堂镇\n"))
	must(err)
	all["gb18030.csv"] = gb
	all["semicolons.csv"] = []byte(strings.ReplaceAll(csvRoster, ",", ";"))
	all["tabs.csv"] = []byte(strings.ReplaceAll(csvRoster, ",", "\t"))
	all["chinese-commas.csv"] = []byte(strings.ReplaceAll(csvRoster, ",", "，"))
	all["told-separator.csv"] = []byte("sep=;\r\n" + strings.ReplaceAll(csvRoster, ",", ";"))
	all["old-macintosh.csv"] = []byte(strings.ReplaceAll(csvRoster, "\n", "\r"))
	wide := utf16.Encode([]rune("\ufeff" + strings.ReplaceAll(csvRoster, ",", "\t")))
	all["utf16.txt"] = make([]byte, 2*len(wide))
	for i, unit := range wide {
		binary.LittleEndian.PutUint16(all["utf16.txt"][2*i:], unit)
	}
	all["quotes-and-tricks.csv"] = []byte("\"姓名\",\"手机号\",\"身份证号\",\"服务队\",\"区划\"\n" +
		"\"王\n桂兰\",=\"13803920001\",\"" + id("19700308", 2) + "\t\",浚县善堂镇巾帼志愿服务队,\"浚县,善堂镇\"\n" +
		"李秀英,13803920002,'" + id("19720501", 4) + ",浚县善堂镇巾帼志愿服务队,浚县善堂镇\n" +
		"张玉梅,13803920003,4.10621E+17,浚县善堂镇巾帼志愿服务队,浚县善堂镇\n" +
		"赵凤莲,13803920004,410621197205010000,浚县善堂镇巾帼志愿服务队,浚县善堂镇\n")
	all["empty.csv"] = []byte{}
	all["neither-text.csv"] = []byte("\x81\x00\xff\xff\x01\x02姓名")
}
