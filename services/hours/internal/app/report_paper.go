package app

import (
	"github.com/qihe-volunteers/qihe/services/hours/internal/form"
	"github.com/qihe-volunteers/qihe/services/hours/internal/reportpaper"
	"github.com/qihe-volunteers/qihe/shared/paper"
)

var aligns = map[string]paper.Align{"center": paper.Centre, "right": paper.Right}

// paperSheet is a sheet of the form as it is drawn: without the empty columns and
// rows at its end, since those are not printed either.
func paperSheet(s form.Sheet) reportpaper.Sheet {
	d := reportpaper.Sheet{}
	columns, rows := 0, 0
	taken := map[[2]int]bool{} // by merged cells from above
	for r, row := range s.Rows {
		var cells []reportpaper.Cell
		column := 0
		for _, c := range row {
			for taken[[2]int{r, column}] {
				column++
			}
			for i := range c.Rows {
				for j := range c.Columns {
					taken[[2]int{r + i, column + j}] = true
				}
			}
			if c.Text != "" {
				rows, columns = max(rows, r+c.Rows), max(columns, column+c.Columns)
			}
			cells = append(cells, reportpaper.Cell{Column: column, Row: r, Columns: c.Columns, Rows: c.Rows, Text: c.Text, Bold: c.Bold, Align: aligns[c.Align]})
			column += c.Columns
		}
		d.Rows = append(d.Rows, cells)
	}
	d.Columns, d.Rows = s.Columns[:columns], d.Rows[:rows]
	return d
}
