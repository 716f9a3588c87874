import * as vscode from 'vscode';
import type { Settings } from '../../services/contributions';
import { changeSetting, isBuiltInEncoder, setting } from '../../services/settings';

interface Choice {
  readonly label: string;
  readonly detail: string;
}

export async function chooseRecipe(): Promise<void> {
  await choose('recipe', vscode.l10n.t('How the sense is decided'), {
    default: {
      label: vscode.l10n.t('Default'),
      detail: vscode.l10n.t(
        'Nearest sense vector, trained with the encoder; with another encoder averages, glosses and a small frequency prior.',
      ),
    },
    textbook: {
      label: vscode.l10n.t('Textbook'),
      detail: vscode.l10n.t('Nearest average of tagged uses by cosine, and nothing else.'),
    },
  });
}

export async function chooseLayerRule(): Promise<void> {
  if (isBuiltInEncoder()) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t(
        'The encoder that comes with Glossight has one vector for each word. Layer rules are for other encoders.',
      ),
    );
    return;
  }
  await choose('layerRule', vscode.l10n.t("Which hidden states make a word's vector"), {
    mean4: {
      label: vscode.l10n.t('Mean of the last four layers'),
      detail: vscode.l10n.t('Needs an encoder that gives the hidden states of its layers.'),
    },
    last: {
      label: vscode.l10n.t('Last layer'),
      detail: vscode.l10n.t(
        'Its sense vectors are built on your machine the first time, which takes some minutes.',
      ),
    },
  });
}

/** Lets the user choose the value of a setting; the present one is marked and comes first under the cursor. */
async function choose<Name extends 'recipe' | 'layerRule'>(
  name: Name,
  title: string,
  choices: Readonly<Record<Settings[Name], Choice>>,
): Promise<void> {
  const present = setting(name);
  const values = Object.keys(choices) as Settings[Name][];
  const items = values.map((value) => ({
    ...choices[value],
    value,
    ...(value === present
      ? { description: vscode.l10n.t('in use'), iconPath: new vscode.ThemeIcon('check') }
      : {}),
  }));
  const picker = vscode.window.createQuickPick<(typeof items)[number]>();
  picker.title = title;
  picker.items = items;
  picker.activeItems = items.filter(({ value }) => value === present);
  const chosen = await new Promise<Settings[Name] | undefined>((resolve) => {
    picker.onDidAccept(() => resolve(picker.selectedItems[0]?.value));
    picker.onDidHide(() => resolve(undefined));
    picker.show();
  });
  picker.dispose();
  if (chosen !== undefined && chosen !== present) await changeSetting(name, chosen);
}
