/** English sentences of the health report, one for each thing that can be found, and the words for what was done about it. */
import type { FindingAction, FindingCode } from '../../data/finding.ts';

const sentences = {
  'duplicate-time': '{{count, number}} rows repeat the time of an earlier row.',
  'duplicate-time_one': 'One row repeats the time of an earlier row.',
  disorder: '{{count, number}} rows were not in time order.',
  disorder_one: 'One row was not in time order.',
  gap: '{{count, number}} gaps in time, {{missingBars}} bars missing in all; the longest is {{longest}}, before line {{longestLine}}.',
  gap_one: 'One gap in time of {{longest}}, {{missingBars}} bars, before line {{longestLine}}.',
  'missing-cell': '{{count, number}} rows have an empty cell where a value is needed.',
  'missing-cell_one': 'One row has an empty cell where a value is needed.',
  'not-a-number': '{{count, number}} rows have a cell that is not a number.',
  'not-a-number_one': 'One row has a cell that is not a number.',
  'impossible-bar': '{{count, number}} rows are impossible bars: high below low, a price outside its range, or not above zero.',
  'impossible-bar_one': 'One row is an impossible bar: high below low, a price outside its range, or not above zero.',
  'lost-decimal': '{{count, number}} rows jump as if a decimal point had been lost.',
  'lost-decimal_one': 'One row jumps as if a decimal point had been lost.',
  'frozen-tail': 'The last {{count, number}} rows never move: the feed seems to have stopped.',
  'flat-bars': '{{count, number}} rows lie in {{runs}} runs without any movement, the longest of {{longest}} rows.',
  'zero-volume': '{{count, number}} rows have no volume.',
  'zero-volume_one': 'One row has no volume.',
  interval: 'One bar is {{interval}}, not one minute. Everything works; “bars” then means that interval.',
  'too-few-bars': 'There are only {{bars}} bars; {{needed}} or more make a training worth its time.',
  'session-stamp':
    'Time runs backwards {{count, number}} times, once a session: evenings stand under the date of the next trading day. The order of the file stays; on the time axis those {{moved}} bars count as the evening before.',
  'session-stamp_one':
    'Time runs backwards once: an evening stands under the date of the next trading day. The order of the file stays; on the time axis those {{moved}} bars count as the evening before.',
  'repeated-header': '{{count, number}} lines repeat the header inside the table.',
  'repeated-header_one': 'One line repeats the header inside the table.',
  'truncated-line': '{{count, number}} lines end before their last column.',
  'truncated-line_one': 'One line ends before its last column.',
} satisfies Record<FindingCode, string> & Partial<Record<`${FindingCode}_one`, string>>;

const actions = {
  drop: 'left out',
  keep: 'kept',
  stop: 'training not possible',
  sort: 'put in order',
} satisfies Record<FindingAction, string>;

/** The same as what a person may choose. */
const choices = {
  drop: 'leave out',
  keep: 'keep',
  stop: 'do not train',
  sort: 'put in order',
} satisfies Record<FindingAction, string>;

export const findings = {
  sentences,
  actions,
  choices,
  actionLabel: 'What to do about it',
  closesOnly:
    'In {{share}} of the rows open, high, low and close are one price: only closes seem to be known, so range and shadows say nothing.',
  volumeShare: 'That is {{share}} of all rows.',
  calendarLabel: 'Bars of each day',
  calendarBars: '{{bars}} bars',
  calendarNote: 'Bars of each day from {{from}} to {{to}}, a column a week; empty frames have none.',
  calendarCell: 'Each cell holds {{count}} days.',
  excerptLabel: 'Candles around line {{line}}',
  volumeIgnored: 'The volume cell is empty in {{volumeIgnored}} rows: too many to leave out, so volume is not used.',
  sessions: 'Labels do not reach across those of more than {{sessionGapIntervals}} intervals ({{sessions}} here).',
  lines: 'line {{lines}}',
  andMore: ' and {{rest}} more',
  healthy: 'Nothing wrong was found.',
};
