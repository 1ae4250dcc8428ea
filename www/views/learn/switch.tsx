// A choice of one of two, or of few.

interface SwitchProps<T extends string> {
  /** What is chosen, for those who do not see it. */
  legend: string;
  choices: readonly (readonly [value: T, name: string])[];
  value: T;
  onChoose: (value: T) => void;
}

export function Switch<T extends string>({ legend, choices, value, onChoose }: SwitchProps<T>) {
  return (
    <fieldset class="switch">
      <legend class="spoken">{legend}</legend>
      {choices.map(([one, name]) => (
        <label key={one}>
          <input
            type="radio"
            name={legend}
            value={one}
            checked={one === value}
            onChange={() => onChoose(one)}
          />
          <span>{name}</span>
        </label>
      ))}
    </fieldset>
  );
}
