// The log has a witness: the city registers a school by its key, the school's
// clerk signs, the public page says so, and a volunteer's line says where it is
// in the log and who vouches for it.
import { execFile } from 'node:child_process'
import { mkdtemp, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { atDesk, signIn, story, tell, until, withPhone } from './browser.mjs'
import { desk, faults, see, seeOnce } from './sight.mjs'

const folder = await mkdtemp(join(tmpdir(), 'witness-'))
const verify = async (...args) => (await promisify(execFile)(process.env.QIHE_VERIFY, args, { cwd: folder })).stdout

await story(async () => {
  const volunteer = await withPhone('志愿者')
  const officer = await atDesk('市妇联')
  const anybody = await withPhone('路人')
  await Promise.all([signIn(volunteer, process.env.QIHE_VOLUNTEER), signIn(officer, process.env.QIHE_OFFICER)])

  tell('nobody signs in to read how the log stands')
  await until('the log to be signed', async () => (await anybody.page.request.get('/api/hours/v1/ledger/checkpoint')).ok())
  await anybody.page.goto('/ledger')
  await anybody.page.getByTestId('no-witness').waitFor()

  tell('a school makes its key, and the city registers it')
  const made = await verify('witness-key', 'no1-school')
  await officer.page.goto('/console/settings')
  await officer.page.getByTestId('settings-witnesses').click()
  await officer.page.getByTestId('witness-name').fill('鹤壁市第一中学')
  await officer.page.getByTestId('witness-key').fill(made.trim().split('\n').at(-1))
  await officer.page.getByTestId('witness-reason').fill('市妇联与一中2026年见证协议')
  await seeOnce(officer, 'register', desk, 24)
  await officer.page.getByTestId('witness-add').click()
  await officer.page.getByTestId('witness-said').waitFor()

  tell('its clerk gives one command')
  const { keys } = await (await anybody.page.request.get('/api/hours/v1/ledger/witnesses')).json()
  const said = await verify('witness', '--key', keys[0], '--site', process.env.QIHE_URL)
  if (!said.includes('已签名并交回')) throw new Error(said)

  tell('next time by a file that an officer carries')
  await officer.page.reload()
  await officer.page.getByTestId('witness-take').waitFor()
  const [request] = await Promise.all([officer.page.waitForEvent('download'), officer.page.getByTestId('witness-take').click()])
  await request.saveAs(join(folder, 'growth.txt'))
  await verify('witness', '--key', keys[0], '--request', 'growth.txt')
  await officer.page.getByTestId('witness-give').setInputFiles(join(folder, 'cosigned.note'))
  await officer.page.getByTestId('witness-said').waitFor()
  await seeOnce(officer, 'signed', desk, 24)

  tell('the public page says up to where')
  await anybody.page.reload()
  await anybody.page.locator('[data-testid=witness][data-silent=false]').waitFor()
  await anybody.page.getByTestId('log-technical').locator('summary').click()
  await see(anybody, 'public')

  tell('a volunteer sees that nobody can change a line of hers unseen, and saves the proof')
  await volunteer.page.goto('/mine')
  const row = volunteer.page.getByTestId('entry-row').first()
  await row.locator('button').first().click()
  await row.getByTestId('entry-logged').click()
  await volunteer.page.locator('[data-testid=line-proof][data-witnesses="1"]').waitFor()
  await see(volunteer, 'line')
  await volunteer.page.getByTestId('line-technical').click()
  const [file] = await Promise.all([volunteer.page.waitForEvent('download'), volunteer.page.getByTestId('line-save').click()])
  await volunteer.page.getByTestId('line-saved').waitFor()
  await see(volunteer, 'line-technical')
  await file.saveAs(join(folder, 'line.json'))
  const { items } = await (await anybody.page.request.get('/api/hours/v1/ledger/witnesses')).json()
  const checked = await verify('--key', keys[0], '--line', 'line.json', '--witness', items[0].key)
  if (!checked.includes('内容和入账时一样')) throw new Error(checked)
  if ((await readFile(join(folder, 'line.json'), 'utf8')).includes('桂')) throw new Error('a name is in the file')

  tell('the city ends the witness; what it signed stays')
  await officer.page.getByTestId('witness-end').click()
  await officer.page.getByTestId('sheet-text').fill('协议到期')
  await officer.page.getByTestId('sheet-send').click()
  await officer.page.locator('[data-testid=witness][data-ended=true]').waitFor()
  if (faults.length > 0) throw new Error(faults.join('\n'))
})
