import '@digitpad/element/define';
import { StrictMode, useState } from 'react';
import { createRoot } from 'react-dom/client';

function Code() {
  const [code, setCode] = useState('');
  const [sure, setSure] = useState('');
  const [shown, setShown] = useState(true);
  return (
    <form
      onReset={() => {
        setCode('');
        setSure('');
      }}
    >
      {shown && (
        <label>
          Code
          <digit-pad
            name="code"
            digits="1"
            required
            value={code}
            onInput={(event) => setCode(event.target.value)}
            onreading={(event) => event.detail.final && setSure(event.detail.reading.text)}
          />
        </label>
      )}
      <output>{code}</output>
      <output id="reading">{sure}</output>
      <button type="reset">Reset</button>
      <button type="button" id="set" onClick={() => setCode('7')}>
        Seven
      </button>
      <button type="button" id="toggle" onClick={() => setShown(!shown)}>
        Show or hide
      </button>
    </form>
  );
}

createRoot(document.querySelector('#app')).render(
  <StrictMode>
    <Code />
  </StrictMode>,
);
