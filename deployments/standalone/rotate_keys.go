package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/qihe-volunteers/qihe/deployments/standalone/internal/rotate"
	"github.com/qihe-volunteers/qihe/deployments/standalone/internal/site"
)

type rotateKeysCommand struct {
	Keys []string `arg:"" optional:"" help:"哪些：phones、certificates、children、ledger-log、openings-log、signing、internal Which; none: all that there are are shown."`
	Drop bool     `help:"去掉旧的，如果没有东西还要用它 Drop the old ones, if nothing needs them any more."`
	Yes  bool     `help:"真的做；不加只说要做什么 Do it; without, it only says what would be done."`
	Data string   `env:"QIHE_DATA" help:"数据文件夹 Folder that keeps everything." default:"${data}" placeholder:"FOLDER"`
}

var errNoSuchKey = errors.New("没有叫这个名字的钥匙，名字见 qihe rotate-keys\nThere is no key of that name: qihe rotate-keys lists them")

// Run changes keys for new ones.
func (c rotateKeysCommand) Run(ctx context.Context) error {
	chosen := rotate.Keys
	if len(c.Keys) > 0 {
		chosen = nil
		for _, name := range c.Keys {
			i := slices.IndexFunc(rotate.Keys, func(k rotate.Key) bool { return k.Name == name })
			if i < 0 {
				return fmt.Errorf("%s: %w", name, errNoSuchKey)
			}
			chosen = append(chosen, rotate.Keys[i])
		}
	}
	return within(ctx, c.Data, func(s *site.Site) error {
		for i, k := range chosen {
			fmt.Printf("%d/%d  %-13s %s\n                   %s\n", i+1, len(chosen), k.Name, k.Chinese, k.English)
			if !c.Yes || len(c.Keys) == 0 {
				continue
			}
			if err := c.change(ctx, s, k); err != nil {
				return err
			}
		}
		if !c.Yes || len(c.Keys) == 0 {
			fmt.Println(onlyShown + "，并写明哪些 and name the keys")
			return nil
		}
		fmt.Println("\n现在做一次备份：新钥匙只在这个文件夹里。\nMake a backup now: the new keys are in this folder only.")
		return nil
	})
}

func (c rotateKeysCommand) change(ctx context.Context, s *site.Site, k rotate.Key) error {
	if c.Drop {
		if err := rotate.Drop(ctx, s, c.Data, k); err != nil {
			return fmt.Errorf("%s: %w", k.Name, err)
		}
		fmt.Println("       旧的去掉了 the old one is dropped")
		return nil
	}
	n, err := rotate.Add(ctx, s, c.Data, k, tellSealed())
	if err != nil {
		return fmt.Errorf("%s: %w", k.Name, err)
	}
	fmt.Printf("       换好了 changed; 重新封好 sealed anew: %d\n", n)
	return nil
}

// tellSealed says how far it is, at most once a second.
func tellSealed() func(done, of int) {
	var last time.Time
	return func(done, of int) {
		if now := time.Now(); now.Sub(last) >= time.Second {
			last = now
			fmt.Printf("       重新封好 sealed anew: %d/%d\n", done, of)
		}
	}
}
