package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/qihe-volunteers/qihe/deployments/standalone/internal/checkup"
	"github.com/qihe-volunteers/qihe/deployments/standalone/internal/site"
)

type checkCommand struct {
	Data string `env:"QIHE_DATA" help:"数据文件夹 Folder that keeps everything." default:"${data}" placeholder:"FOLDER"`
}

// errUnwell says that something is not in order.
var errUnwell = errors.New("有不对的地方，见上面标“坏”的行\nNot all is in order: see the lines marked bad")

// Run looks at a city's books, one line for each thing; it changes nothing.
func (c checkCommand) Run(ctx context.Context) error {
	return within(ctx, c.Data, func(s *site.Site) error {
		good, err := checkup.Run(ctx, s, checkup.Options{Data: c.Data, Tell: tellFinding})
		if err != nil {
			return err
		}
		if !good {
			return errUnwell
		}
		fmt.Println("\n都对。 All is in order.")
		return nil
	})
}

func tellFinding(f checkup.Finding, done, of int) {
	mark := "好 good"
	if !f.Good {
		mark = "坏 bad "
	}
	fmt.Printf("%2d/%d  %s  %s\n       %s\n       %s\n", done, of, mark, f.Check, f.Chinese, f.English)
}
